package dev.homing.diagnose;

import static dev.homing.diagnose.Row.row;

import dev.homing.diagnose.finding.Series;
import dev.homing.ledger.DropReason;
import dev.homing.ledger.Side;
import java.util.List;

/// From the shard to a backend and back, and what is around it all.
final class DepartureRows {

    private DepartureRows() {}

    static List<Row> all() {
        return List.of(
                row(
                        "a firewall forbids to send to backends",
                        scene -> scene.dropped(500, Side.CLIENT, DropReason.UNREACHABLE),
                        "error forbidden at send, lost 500"),
                row(
                        "a firewall forbids to send to clients",
                        scene -> scene.dropped(500, Side.BACKEND, DropReason.UNREACHABLE),
                        "error forbidden at answer-send, lost 500"),
                row(
                        "the send buffer is full",
                        scene -> scene.dropped(5, Side.CLIENT, DropReason.SEND_BUFFER_FULL),
                        "error dropped at send (send_buffer_full), lost 5"),
                row(
                        "the interface drops what it is to send",
                        scene ->
                                scene.grows(
                                        5_000,
                                        Series.NIC,
                                        "interface",
                                        "eth0",
                                        "counter",
                                        "tx_dropped"),
                        "error nic-refuses at answer-nic (eth0), lost 5000"),
                row(
                        "a device refuses trains",
                        scene -> scene.happened(2, "train_refused"),
                        "warning trains-refused at send"),
                row(
                        "no trains arrive at busy threads",
                        scene ->
                                scene.histogram(100_000, 1, Series.TRAINS, "side", "client")
                                        .busy(0.75, "recv-0"),
                        "info no-trains at send"),
                row(
                        "trains arrive at busy threads",
                        scene ->
                                scene.histogram(100_000, 8, Series.TRAINS, "side", "client")
                                        .busy(0.75, "recv-0")),
                row(
                        "an interface does not join packets, and threads have time left",
                        scene ->
                                scene.shows(
                                        0,
                                        Series.NIC_OFFLOAD,
                                        "interface",
                                        "eth0",
                                        "offload",
                                        "gro"),
                        "info offloads-off at machine (eth0)"),
                row(
                        "an interface does not join packets, and threads are busy",
                        scene ->
                                scene.shows(
                                                0,
                                                Series.NIC_OFFLOAD,
                                                "interface",
                                                "eth0",
                                                "offload",
                                                "gro")
                                        .busy(0.8, "recv-0"),
                        "warning offloads-off at machine (eth0)"),
                row(
                        "a backend's port is closed",
                        scene -> scene.happened(40, "icmp_error"),
                        "error backend-refuses at backend, lost 40"),
                row(
                        "a backend is down",
                        scene ->
                                scene.shows(0, Series.BACKEND_UP, "backend", "a")
                                        .shows(
                                                7,
                                                Series.PROBES,
                                                "backend",
                                                "a",
                                                "result",
                                                "answered"),
                        "error backend-down at backend (a)"),
                row(
                        "too few backends are up",
                        scene -> scene.shows(1, Series.POOL_PANIC, "pool", "web"),
                        "error pool-panic at backend (web)"),
                row(
                        "a backend answers probes, and no client",
                        scene ->
                                scene.shows(1, Series.BACKEND_UP, "backend", "a")
                                        .grows(20, Series.BACKEND_UNANSWERED, "backend", "a")
                                        .grows(0, Series.BACKEND_ANSWERED, "backend", "a"),
                        "warning backend-answers-nobody at backend (a)"),
                row(
                        "a backend answers some clients, and others not",
                        scene ->
                                scene.shows(1, Series.BACKEND_UP, "backend", "a")
                                        .grows(500, Series.BACKEND_UNANSWERED, "backend", "a")
                                        .grows(1, Series.BACKEND_ANSWERED, "backend", "a")),
                row(
                        "a backend has never answered a probe",
                        scene ->
                                scene.shows(1, Series.BACKEND_UP, "backend", "a")
                                        .shows(
                                                0,
                                                Series.PROBES,
                                                "backend",
                                                "a",
                                                "result",
                                                "answered")
                                        .shows(
                                                3,
                                                Series.PROBES,
                                                "backend",
                                                "a",
                                                "result",
                                                "timed_out"),
                        "info probes-never-answered at backend (a)"),
                row(
                        "no backend answers",
                        scene ->
                                scene.grows(0, Series.RECEIVED, "side", "backend")
                                        .grows(0, Series.SENT, "side", "client"),
                        "error backends-silent at backend, lost 200000"),
                row(
                        "backends have other server IDs than configured",
                        scene -> scene.happened(40, "connection_id_misnamed"),
                        "warning connection-ids-misnamed at backend"),
                row(
                        "answers come faster than shards take them",
                        scene -> scene.grows(70, Series.PORT_DROPS).busy(0.95, "shard-1"),
                        "error answers-too-fast at answer-socket, lost 70"),
                row(
                        "answers come in bursts",
                        scene -> scene.grows(70, Series.PORT_DROPS),
                        "error answer-buffer-too-small at answer-socket, lost 70"),
                row(
                        "the instance was restarted",
                        scene ->
                                scene.shows(9_000, 30, Series.EVENTS, "event", "alias_learned")
                                        .shows(
                                                1_700_000_000,
                                                1_700_000_500,
                                                "process_start_time_seconds"),
                        "warning restarted at instance"),
                row(
                        "the books do not balance",
                        scene ->
                                scene.shows(900_000, 1_100_000, Series.SENT, "side", "backend")
                                        .shows(2e6, 2.2e6, Series.RECEIVED, "side", "client"),
                        "error books-off at instance"),
                row(
                        "the hypervisor takes CPU time, and nothing is lost",
                        scene -> scene.grows(5, Series.CPU, "mode", "steal"),
                        "info cpu-stolen at machine"),
                row(
                        "the hypervisor takes CPU time, and the backlog overflows",
                        scene ->
                                scene.grows(5, Series.CPU, "mode", "steal")
                                        .grows(5, Series.SOFTNET, "cpu", "0", "counter", "dropped"),
                        "error backlog-full at softirq, lost 5",
                        "warning cpu-stolen at machine"),
                row(
                        "threads wait for CPUs, and nothing is lost",
                        scene -> scene.grows(2, Series.THREAD_RUNNABLE, "thread", "shard-1"),
                        "info cpu-contended at machine"),
                row(
                        "the container is throttled",
                        scene -> scene.grows(2, Series.THROTTLED).shows(4, Series.CGROUP_CPUS),
                        "info throttled at machine"),
                row(
                        "there are more threads than CPUs",
                        scene -> scene.shows(1.5, Series.CGROUP_CPUS),
                        "info more-threads-than-cpus at machine"),
                row(
                        "the clock is slow",
                        scene ->
                                scene.without(Series.CLOCK)
                                        .shows(1, Series.CLOCK, "source", "hpet"),
                        "warning slow-clock at machine"));
    }
}
