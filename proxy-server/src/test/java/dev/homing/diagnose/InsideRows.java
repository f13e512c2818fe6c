package dev.homing.diagnose;

import static dev.homing.diagnose.Row.row;

import dev.homing.diagnose.finding.Series;
import dev.homing.ledger.DropReason;
import dev.homing.ledger.Side;
import java.util.List;

/// From the receiver to the shard.
final class InsideRows {

    private InsideRows() {}

    private static final String[] QUEUE = {"receiver", "recv-0", "shard", "shard-1"};
    private static final String[] SOCKET = {"listener", "[::]:4433", "thread", "recv-0"};

    static List<Row> all() {
        return List.of(
                row(
                        "a flood of what is not QUIC",
                        scene ->
                                scene.dropped(60_000, Side.CLIENT, DropReason.TRUNCATED_HEADER)
                                        .dropped(10, Side.CLIENT, DropReason.EMPTY),
                        "warning malformed at receiver, lost 60010"),
                row(
                        "a port scan",
                        scene -> scene.dropped(10, Side.CLIENT, DropReason.EMPTY),
                        "info malformed at receiver, lost 10"),
                row(
                        "servers make connection IDs in another way than configured",
                        scene ->
                                scene.grows(
                                        90_000,
                                        Series.UNDECODABLE,
                                        "listener",
                                        "[::]:4433",
                                        "configuration",
                                        "2",
                                        "reason",
                                        "unknown_server_id"),
                        "warning connection-ids-unreadable at receiver"),
                row(
                        "one receiver gets nearly all, and has time left",
                        scene ->
                                scene.grows(
                                        2e6,
                                        Series.THREAD_RECEIVED,
                                        "thread",
                                        "recv-0",
                                        "side",
                                        "client"),
                        "info one-receiver at receiver (recv-0)"),
                row(
                        "one receiver gets nearly all, and is busy",
                        scene ->
                                scene.grows(
                                                2e6,
                                                Series.THREAD_RECEIVED,
                                                "thread",
                                                "recv-0",
                                                "side",
                                                "client")
                                        .busy(0.8, "recv-0"),
                        "warning one-receiver at receiver (recv-0)"),
                row(
                        "a shard stands still, and its queue overflows",
                        scene ->
                                stopped(scene, "shard-1")
                                        .shows(4096, Series.QUEUE_DEPTH, QUEUE)
                                        .dropped(9_000, Side.CLIENT, DropReason.QUEUE_FULL),
                        "error thread-stopped at queue (shard-1), lost 9000"),
                row(
                        "a shard stands still, and nothing came for it",
                        scene -> stopped(scene, "shard-1"),
                        "error thread-stopped at shard (shard-1)"),
                row(
                        "a receiver stands still, and its buffer overflows",
                        scene ->
                                stopped(scene, "recv-0")
                                        .grows(
                                                0,
                                                Series.THREAD_RECEIVED,
                                                "thread",
                                                "recv-0",
                                                "side",
                                                "client")
                                        .grows(9_000, Series.SOCKET_DROPS, SOCKET),
                        "error thread-stopped at socket (recv-0), lost 9000",
                        "info one-receiver at receiver (recv-1)"),
                row(
                        "a receiver has nothing to do",
                        scene ->
                                stopped(scene, "recv-0")
                                        .grows(
                                                0,
                                                Series.THREAD_RECEIVED,
                                                "thread",
                                                "recv-0",
                                                "side",
                                                "client")
                                        .shows(0, Series.SOCKET_QUEUE, SOCKET),
                        "info one-receiver at receiver (recv-1)"),
                row(
                        "a queue overflows before a busy shard",
                        scene ->
                                scene.dropped(800, Side.CLIENT, DropReason.QUEUE_FULL)
                                        .shows(4096, Series.QUEUE_HIGH_WATER, QUEUE)
                                        .busy(0.95, "shard-1"),
                        "error shard-too-slow at queue (shard-1), lost 800"),
                row(
                        "a queue overflows before a shard that waits for a CPU",
                        scene ->
                                scene.dropped(800, Side.CLIENT, DropReason.QUEUE_FULL)
                                        .shows(4096, Series.QUEUE_HIGH_WATER, QUEUE)
                                        .grows(4, Series.THREAD_RUNNABLE, "thread", "shard-1"),
                        "error shard-starved at queue (shard-1), lost 800",
                        "warning cpu-contended at machine"),
                row(
                        "a queue overflows before a shard with time left",
                        scene ->
                                scene.dropped(800, Side.CLIENT, DropReason.QUEUE_FULL)
                                        .dropped(2, Side.CLIENT, DropReason.NO_SLOT)
                                        .shows(4096, Series.QUEUE_HIGH_WATER, QUEUE),
                        "error queue-too-short at queue (shard-1), lost 802"),
                row(
                        "a queue was nearly full",
                        scene -> scene.shows(3900, Series.QUEUE_HIGH_WATER, QUEUE),
                        "warning queue-nearly-full at queue"),
                row(
                        "datagrams wait long in queues",
                        scene -> scene.histogram(1000, 0.1, Series.QUEUE_WAIT),
                        "info handoff-slow at queue"),
                row(
                        "datagrams wait shortly in queues",
                        scene -> scene.histogram(1000, 0.001, Series.QUEUE_WAIT)),
                row(
                        "a receiver and a shard have no time left",
                        scene -> scene.busy(0.93, "recv-0").busy(0.99, "shard-0"),
                        "warning thread-saturated at receiver (recv-0)",
                        "warning thread-saturated at shard (shard-0)"),
                row(
                        "the configured ports are used up",
                        scene ->
                                scene.dropped(60, Side.CLIENT, DropReason.NO_SOURCE_TUPLE)
                                        .happened(60, "backend_port_refused")
                                        .shows(10, Series.PORTS)
                                        .shows(10, Series.PORTS_MAX),
                        "error port-budget at shard, lost 60"),
                row(
                        "the limit of open files leaves no ports",
                        scene ->
                                scene.dropped(60, Side.CLIENT, DropReason.NO_SOURCE_TUPLE)
                                        .shows(54, Series.PORTS)
                                        .shows(54, Series.PORTS_MAX)
                                        .shows(150, Series.FILES_OPEN)
                                        .shows(330, Series.FILES_MAX),
                        "error file-limit at shard, lost 60"),
                row(
                        "ports are nearly used up toward a backend",
                        scene ->
                                scene.shows(9_500, Series.PORTS)
                                        .shows(9_500, Series.BACKEND_SESSIONS, "backend", "a")
                                        .shows(9_500, Series.SESSIONS, "state", "established"),
                        "warning ports-nearly-used-up at shard"),
                row(
                        "ports are nearly used up, and each serves many source addresses",
                        scene ->
                                scene.shows(9_500, Series.PORTS)
                                        .shows(70_000, Series.BACKEND_SESSIONS, "backend", "a")),
                row(
                        "the kernel refuses a port",
                        scene ->
                                scene.happened(4, "backend_port_refused")
                                        .dropped(4, Side.CLIENT, DropReason.NO_SOURCE_TUPLE),
                        "error port-refused at shard, lost 4"),
                row(
                        "files are nearly used up by something else",
                        scene -> scene.shows(19_990, Series.FILES_OPEN),
                        "warning files-nearly-used-up at instance"),
                row(
                        "the kernel's range of ports is nearly used up",
                        scene ->
                                scene.shows(25_000, Series.PORTS)
                                        .shows(500_000, Series.PORTS_MAX)
                                        .shows(1_000_000, Series.FILES_MAX),
                        "warning port-range-short at shard"),
                row(
                        "sessions are nearly used up",
                        scene -> scene.shows(250_000, Series.SESSIONS, "state", "established"),
                        "warning sessions-nearly-full at shard"),
                row(
                        "half-open sessions push each other out",
                        scene ->
                                scene.happened(500, "session_evicted")
                                        .shows(65_536, Series.SESSIONS, "state", "half_open"),
                        "warning half-open-flood at shard"),
                row(
                        "the table of connection IDs is full",
                        scene -> scene.happened(500, "connection_id_refused"),
                        "warning connection-ids-full at shard"),
                row(
                        "no backend takes connections",
                        scene -> scene.dropped(90, Side.CLIENT, DropReason.NO_BACKEND),
                        "error no-backend at shard (no_backend), lost 90"),
                row(
                        "no backend is active",
                        scene ->
                                scene.shows(
                                                0,
                                                Series.BACKEND_STATE,
                                                "backend",
                                                "a",
                                                "state",
                                                "active")
                                        .shows(
                                                1,
                                                Series.BACKEND_STATE,
                                                "backend",
                                                "a",
                                                "state",
                                                "draining"),
                        "error no-backend at shard"),
                row(
                        "sessions are full",
                        scene -> scene.dropped(90, Side.CLIENT, DropReason.SESSIONS_FULL),
                        "error dropped at shard (sessions_full), lost 90"),
                row(
                        "a train loses its end",
                        scene -> scene.dropped(1, Side.CLIENT, DropReason.TRUNCATED_DATAGRAM),
                        "error dropped at receiver (truncated_datagram), lost 1"),
                row(
                        "path MTU probes are too big",
                        scene -> scene.dropped(90, Side.CLIENT, DropReason.TOO_BIG),
                        "info dropped at send (too_big), lost 90"),
                row(
                        "all is too big",
                        scene -> scene.dropped(90_000, Side.BACKEND, DropReason.TOO_BIG),
                        "warning dropped at answer-send (too_big), lost 90000"),
                row(
                        "late answers have no session",
                        scene -> scene.dropped(9, Side.BACKEND, DropReason.NO_SESSION),
                        "info dropped at answer-shard (no_session), lost 9"),
                row(
                        "the instance drains",
                        scene -> scene.dropped(9, Side.CLIENT, DropReason.DRAINING),
                        "info dropped at shard (draining), lost 9"));
    }

    private static Scene stopped(Scene scene, String thread) {
        return scene.grows(0, Series.THREAD_TURNS, "thread", thread).busy(0, thread);
    }
}
