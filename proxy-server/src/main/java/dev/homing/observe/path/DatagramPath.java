package dev.homing.observe.path;

import dev.homing.ledger.Event;
import dev.homing.ledger.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The two ways through Homing, in the order of the hops.
///
/// ```
/// client  ─► nic ─► softirq ─► udp ─► socket ─► receiver ─► queue ─► shard ─► send ─► backend
/// client ◄─ nic ◄─ send ◄─ shard ◄─ socket ◄─ backend
/// ```
///
/// On the way back NIC, softirq and UDP of the machine have their counters too, but these cannot be
/// told apart by direction: they stand on the way to the backends only.
///
/// @param title where from and where to
/// @param from the side that datagrams on this way were received from
public record DatagramPath(String title, Side from, List<Hop> hops) {

    public static final DatagramPath TO_BACKENDS =
            new DatagramPath(
                    "Clients to backends",
                    Side.CLIENT,
                    List.of(
                            KernelHops.nic(),
                            KernelHops.softirq(),
                            KernelHops.udp(),
                            listeningSocket(),
                            receiver(),
                            queue(),
                            shard(Side.CLIENT, "The shard finds or opens the session.", List.of()),
                            send(Side.CLIENT),
                            backends()));

    public static final DatagramPath TO_CLIENTS =
            new DatagramPath(
                    "Backends to clients",
                    Side.BACKEND,
                    List.of(
                            backends(),
                            backendPorts(),
                            shard(
                                    Side.BACKEND,
                                    "The shard finds the session by the address and port that the backend wrote to.",
                                    List.of(received(Side.BACKEND))),
                            send(Side.BACKEND),
                            KernelHops.nicOut()));

    /// Both ways, the one with the first hop first.
    public static final List<DatagramPath> ALL = List.of(TO_BACKENDS, TO_CLIENTS);

    public DatagramPath {
        hops = List.copyOf(hops);
    }

    /// As maps, lists, texts and numbers, for JSON.
    Map<String, Object> values() {
        List<Object> list = new ArrayList<>();
        hops.forEach(hop -> list.add(hop.values()));
        return Map.of("title", title, "from", from.label(), "hops", list);
    }

    private static Counter received(Side side) {
        return Counter.of("homing_datagrams_received_total", "side", side.label());
    }

    private static Hop receiver() {
        return new Hop(
                "receiver",
                "Receiver",
                "A receiver reads the header and finds the backend.",
                "receiver",
                false,
                List.of(received(Side.CLIENT)),
                DropPlace.RECEIVER.losses(Side.CLIENT),
                List.of());
    }

    private static Hop queue() {
        return new Hop(
                "queue",
                "Queue",
                "A queue hands the datagram from the receiver to the shard of its flow.",
                "shard",
                false,
                List.of(),
                DropPlace.QUEUE.losses(Side.CLIENT),
                List.of());
    }

    private static Hop shard(Side from, String sentence, List<Counter> passed) {
        return new Hop(
                "shard",
                "Shard",
                sentence,
                "shard",
                false,
                passed,
                DropPlace.SHARD.losses(from),
                List.of());
    }

    private static Hop listeningSocket() {
        return new Hop(
                "socket",
                "Socket",
                "The datagram waits in a listening socket's buffer until a receiver reads it.",
                "receiver",
                false,
                List.of(received(Side.CLIENT)),
                List.of(
                        Loss.of(
                                        Counter.of("homing_socket_kernel_drops_total"),
                                        "A listening socket's buffer was full.",
                                        "The receiver has time to spare, so these are bursts: raise sockets.receive-buffer,"
                                                + " and net.core.rmem_max to the same.")
                                .whenBusy(
                                        "The receiver is busy all the time, so a larger buffer only delays the loss: raise"
                                                + " threads.receivers and threads.shards, or add CPUs or instances.")),
                List.of());
    }

    private static Hop backendPorts() {
        return new Hop(
                "socket",
                "Socket",
                "The datagram waits in the buffer of a socket toward backends until its shard reads it.",
                "shard",
                false,
                List.of(),
                List.of(
                        Loss.of(
                                        Counter.of("homing_backend_ports_kernel_drops_total"),
                                        "The buffer of a socket toward backends was full.",
                                        "The shard has time to spare, so these are bursts: raise sockets.receive-buffer, and"
                                                + " net.core.rmem_max to the same.")
                                .whenBusy(
                                        "The shard is busy all the time, so a larger buffer only delays the loss: raise"
                                                + " threads.shards, or add CPUs or instances.")),
                List.of());
    }

    private static Hop send(Side from) {
        return new Hop(
                "send",
                "Send",
                "The shard sends batches; the kernel takes them, or says why not.",
                "shard",
                false,
                List.of(Counter.of("homing_datagrams_sent_total", "side", from.other().label())),
                DropPlace.SEND.losses(from),
                List.of(KernelHops.sendBufferErrors()));
    }

    private static Hop backends() {
        return new Hop(
                "backend",
                "Backends",
                "The QUIC servers.",
                "",
                false,
                List.of(),
                List.of(),
                List.of(
                        Loss.of(
                                Counter.of(
                                        "homing_events_total", "event", Event.ICMP_ERROR.label()),
                                "The network said that an address cannot be reached (ICMP).",
                                "Look whether the servers run and listen, and whether a firewall rejects.")));
    }
}
