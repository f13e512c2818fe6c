package dev.homing.observe.metrics;

import dev.homing.ledger.Books;
import dev.homing.ledger.DropReason;
import dev.homing.ledger.Event;
import dev.homing.ledger.Migration;
import dev.homing.ledger.RouteMethod;
import dev.homing.ledger.Side;

/// Where every datagram ended, and what happened beside.
record TrafficSubject(Books books) implements Subject {

    @Override
    public void write(Sheet sheet) {
        Series received =
                sheet.counter("homing_datagrams_received_total", "Datagrams received.", "side");
        Series receivedBytes =
                sheet.counter("homing_bytes_received_total", "UDP payload received.", "side");
        Series sent = sheet.counter("homing_datagrams_sent_total", "Datagrams sent.", "side");
        Series sentBytes = sheet.counter("homing_bytes_sent_total", "UDP payload sent.", "side");
        Series dropped =
                sheet.counter(
                        "homing_datagrams_dropped_total",
                        "Datagrams that went no further, by the side they were received from and the reason.",
                        "side",
                        "reason");
        for (Side side : Side.values()) {
            received.put(books.received(side), side.label());
            receivedBytes.put(books.receivedBytes(side), side.label());
            sent.put(books.sent(side), side.label());
            sentBytes.put(books.sentBytes(side), side.label());
            for (DropReason reason : DropReason.values()) {
                dropped.put(books.dropped(side, reason), side.label(), reason.label());
            }
        }
        Series routed =
                sheet.counter(
                        "homing_routed_total",
                        "Datagrams of clients by how their backend was found.",
                        "method");
        for (RouteMethod method : RouteMethod.values()) {
            routed.put(books.routed(method), method.label());
        }
        Series migrations =
                sheet.counter(
                        "homing_flow_migrations_total",
                        "Known connection IDs that came on a new flow, by what has changed about the client.",
                        "kind");
        for (Migration kind : Migration.values()) {
            migrations.put(books.migrated(kind), kind.label());
        }
        Series events =
                sheet.counter(
                        "homing_events_total",
                        "What happened beside the fate of single datagrams.",
                        "event");
        for (Event event : Event.values()) {
            events.put(books.happened(event), event.label());
        }
    }
}
