package dev.homing.observe.path;

import dev.homing.ledger.Event;
import dev.homing.ledger.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// One of the two ways through Homing: what is known of each of its hops, in the order of [Place].
///
/// @param from the side that datagrams on this way were received from
public record DatagramPath(Side from, List<Hop> hops) {

    public static final DatagramPath TO_BACKENDS = of(Side.CLIENT);
    public static final DatagramPath TO_CLIENTS = of(Side.BACKEND);

    /// Both ways, the one with the first hop first.
    public static final List<DatagramPath> ALL = List.of(TO_BACKENDS, TO_CLIENTS);

    public DatagramPath {
        hops = List.copyOf(hops);
    }

    private static DatagramPath of(Side from) {
        return new DatagramPath(
                from,
                Stream.of(Place.values())
                        .filter(place -> place.isOnTheWayFrom(from))
                        .map(DatagramPath::hop)
                        .toList());
    }

    private static Hop hop(Place place) {
        return switch (place) {
            case NIC -> KernelHops.nic();
            case SOFTIRQ -> KernelHops.softirq();
            case FIREWALL -> KernelHops.firewall();
            case UDP -> KernelHops.udp();
            case SOCKET -> listeningSocket();
            case RECEIVER -> receiver();
            case QUEUE -> queue();
            case SHARD -> shard(Place.SHARD, "The shard finds or opens the session.", List.of());
            case SEND -> send(Place.SEND, Side.BACKEND);
            case BACKEND -> backends();
            case ANSWER_SOCKET -> backendPorts();
            case ANSWER_SHARD ->
                    shard(
                            Place.ANSWER_SHARD,
                            "The shard finds the session by the address and port that the backend wrote to.",
                            List.of(received(Side.BACKEND)));
            case ANSWER_SEND -> send(Place.ANSWER_SEND, Side.CLIENT);
            case ANSWER_NIC -> KernelHops.nicOut();
            case INSTANCE, MACHINE -> throw new IllegalArgumentException(place + " is no hop");
        };
    }

    /// `Clients to backends`
    public String title() {
        String way = Place.way(from);
        return way.substring(0, 1).toUpperCase(Locale.ROOT) + way.substring(1);
    }

    /// As maps, lists, texts and numbers, for JSON.
    Map<String, Object> values() {
        List<Object> list = new ArrayList<>();
        hops.forEach(hop -> list.add(hop.values()));
        return Map.of("title", title(), "from", from.label(), "hops", list);
    }

    private static Counter received(Side side) {
        return Counter.of("homing_datagrams_received_total", "side", side.label());
    }

    private static Hop receiver() {
        return new Hop(
                Place.RECEIVER,
                "A receiver reads the header and finds the backend.",
                "receiver",
                List.of(received(Side.CLIENT)),
                DropPlace.losses(Place.RECEIVER),
                List.of());
    }

    private static Hop queue() {
        return new Hop(
                Place.QUEUE,
                "A queue hands the datagram from the receiver to the shard of its flow.",
                "shard",
                List.of(),
                DropPlace.losses(Place.QUEUE),
                List.of());
    }

    private static Hop shard(Place place, String sentence, List<Counter> passed) {
        return new Hop(place, sentence, "shard", passed, DropPlace.losses(place), List.of());
    }

    private static Hop listeningSocket() {
        return new Hop(
                Place.SOCKET,
                "The datagram waits in a listening socket's buffer until a receiver reads it.",
                "receiver",
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
                Place.ANSWER_SOCKET,
                "The datagram waits in the buffer of a socket toward backends until its shard reads it.",
                "shard",
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

    private static Hop send(Place place, Side to) {
        return new Hop(
                place,
                "The shard sends batches; the kernel takes them, or says why not, as when a firewall forbids it.",
                "shard",
                List.of(Counter.of("homing_datagrams_sent_total", "side", to.label())),
                DropPlace.losses(place),
                List.of(KernelHops.sendBufferErrors()));
    }

    private static Hop backends() {
        return new Hop(
                Place.BACKEND,
                "The QUIC servers. Their networks refuse datagrams by ICMP, or say nothing.",
                "",
                List.of(),
                List.of(
                        Loss.of(
                                Counter.of(
                                        "homing_events_total", "event", Event.ICMP_ERROR.label()),
                                "The network said that a backend cannot be reached (ICMP).",
                                "Look whether the servers run and listen, and whether a firewall rejects.")),
                List.of());
    }
}
