package dev.homing.observe.path;

import dev.homing.ledger.Side;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The hops of a datagram's way in their order, from a client to a backend and back, and what is
/// around them. `homing doctor`, `homing top` and the live page take names and order from here.
///
/// ```
/// client  ─► NIC ─► softirq ─► Firewall ─► UDP ─► Socket ─► Receiver ─► Queue ─► Shard ─► Send ─► Backends
/// client ◄─ NIC ◄─ Send ◄─ Shard ◄─ Socket ◄──────────────────────────────────────────────────── Backends
/// ```
///
/// On the way back softirq, firewall and UDP of the machine have their counters too, but these
/// cannot be told apart by direction: they stand on the way to the backends only, and what the
/// network card sends on the way to the clients only.
public enum Place {
    NIC("NIC", Side.CLIENT),
    SOFTIRQ("softirq", Side.CLIENT),
    FIREWALL("Firewall", Side.CLIENT),
    UDP("UDP", Side.CLIENT),
    SOCKET("Socket", Side.CLIENT),
    RECEIVER("Receiver", Side.CLIENT),
    QUEUE("Queue", Side.CLIENT),
    SHARD("Shard", Side.CLIENT),
    SEND("Send", Side.CLIENT),
    BACKEND("Backends", Side.CLIENT),
    ANSWER_SOCKET("Socket", Side.BACKEND),
    ANSWER_SHARD("Shard", Side.BACKEND),
    ANSWER_SEND("Send", Side.BACKEND),
    ANSWER_NIC("NIC", Side.BACKEND),

    /// Not on the way, but around it.
    INSTANCE("Instance", null),
    MACHINE("Machine", null);

    private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');
    private final String title;
    private final @Nullable Side from;

    Place(String title, @Nullable Side from) {
        this.title = title;
        this.from = from;
    }

    /// For programs: one word, and no other place has it.
    public String label() {
        return label;
    }

    /// For people who see which way is meant: both ways have some of these.
    public String title() {
        return title;
    }

    /// For people, with the way: `Shard (backends to clients)`.
    public String fullTitle() {
        return from == null ? title : title + " (" + way(from) + ")";
    }

    /// `clients to backends`
    ///
    /// @param from the side that datagrams on the way were received from
    public static String way(Side from) {
        return from.label() + "s to " + from.other().label() + "s";
    }

    /// Whether it is a hop on the way of datagrams that were received from that side.
    public boolean isOnTheWayFrom(Side side) {
        return from == side;
    }

    /// Whether its counters are of all that use the machine, or its network namespace, and not of
    /// Homing alone.
    public boolean isOfMachine() {
        return switch (this) {
            case NIC, SOFTIRQ, FIREWALL, UDP, ANSWER_NIC, MACHINE -> true;
            default -> false;
        };
    }
}
