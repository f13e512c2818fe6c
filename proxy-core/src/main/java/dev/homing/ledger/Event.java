package dev.homing.ledger;

import java.util.Locale;

/// What happens beside the fate of single datagrams, and is worth a counter.
public enum Event {
    SESSION_OPENED("A flow got its first session toward a backend."),
    SESSION_ESTABLISHED("A client proved that it takes part in its connection."),
    SESSION_EXPIRED("A session was idle for longer than its timeout."),
    SESSION_EVICTED("A half-open session made room for a newer one."),
    SESSION_LEFT("A connection that had only just begun left a backend that is down."),
    CONNECTION_ID_LEARNED("A connection ID was read from a backend's long header."),
    ALIAS_LEARNED("An unknown connection ID was taken for its flow's connection."),
    CONNECTION_ID_MISNAMED(
            "A backend chose a connection ID that names another one: its server ID is not the configured one."),
    CONNECTION_ID_EXPIRED("A connection ID was unused for longer than its timeout."),
    CONNECTION_ID_REFUSED("A connection ID was not learned, because the table had no room for it."),
    BACKEND_PORT_OPENED("A socket toward backends was opened."),
    BACKEND_PORT_REFUSED("A socket toward backends was needed, but could not be opened."),
    TRAIN_CUT("A train of a client's datagrams was cut, because they are of several connections."),
    TRAIN_REFUSED(
            "The kernel refused to send a train to an address: it gets single datagrams for a minute."),
    ICMP_ERROR("The network reported an address as unreachable (ICMP)."),
    RECEIVE_ERROR("A receive call failed.");

    private final String label = name().toLowerCase(Locale.ROOT);
    private final String sentence;

    Event(String sentence) {
        this.sentence = sentence;
    }

    /// As metrics and documents spell it.
    public String label() {
        return label;
    }

    public String sentence() {
        return sentence;
    }
}
