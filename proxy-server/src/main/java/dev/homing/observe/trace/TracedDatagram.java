package dev.homing.observe.trace;

import dev.homing.datagram.Address;
import dev.homing.ledger.DropReason;
import dev.homing.ledger.RouteMethod;
import dev.homing.ledger.Side;
import dev.homing.trace.TraceRecord;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A datagram or train that was recorded, with names instead of numbers.
///
/// @param nanos when it was received, since the beginning of 1970
/// @param tookNs from then until the kernel took it for sending, or refused it; negative for what
///   was dropped before
/// @param side where it was received from
/// @param remote the client; or the sender, where no client is known
/// @param local where the remote one wrote to, or knows Homing by; port 0 for a port toward
///   backends
/// @param listener the listening address, where the remote one is a client
/// @param backend name; null where none is known
/// @param reason why it went no further; null if it was sent
/// @param lengthBytes of all datagrams together
/// @param segmentBytes of each datagram of a train but the last, else 0
/// @param head of the first datagram
/// @param kept of each datagram
record TracedDatagram(
        long nanos,
        long tookNs,
        String thread,
        Side side,
        boolean isRemoteClient,
        InetSocketAddress remote,
        InetSocketAddress local,
        @Nullable InetSocketAddress listener,
        @Nullable String backend,
        @Nullable RouteMethod method,
        @Nullable DropReason reason,
        int ecn,
        int lengthBytes,
        int segmentBytes,
        PacketHead head,
        List<byte[]> kept) {

    /// @param nanosOfZero what the wall clock says when System.nanoTime() is 0
    static TracedDatagram of(TraceRecord record, String thread, Names names, long nanosOfZero) {
        Address remote = new Address();
        Address local = new Address();
        record.readRemote(remote);
        record.readLocal(local);
        InetSocketAddress listener =
                record.isRemoteClient() ? names.listeners().get(record.listener()) : null;
        if (!local.isSpecified() && remote.isIpv4()) {
            local.setIpv4(0, 0); // the kernel chose: any address of the same family
        }
        List<byte[]> kept = new ArrayList<>();
        for (int i = 0; i < record.count(); i++) {
            kept.add(record.head(i));
        }
        return new TracedDatagram(
                record.timeNs() + nanosOfZero,
                record.tookNs(),
                thread,
                record.side(),
                record.isRemoteClient(),
                new InetSocketAddress(remote.toInetAddress(), remote.port()),
                new InetSocketAddress(
                        local.toInetAddress(), listener == null ? 0 : listener.getPort()),
                listener,
                record.backend() < 0 ? null : names.backend().apply(record.backend()),
                record.method(),
                record.reason(),
                record.ecn(),
                record.lengthBytes(),
                record.segmentBytes(),
                PacketHead.of(kept.getFirst(), record.lengthBytes(0), record.idLength()),
                kept);
    }

    int count() {
        return kept.size();
    }

    /// Length of one of the datagrams.
    int lengthBytes(int index) {
        return segmentBytes == 0
                ? lengthBytes
                : Math.min(segmentBytes, lengthBytes - index * segmentBytes);
    }

    /// RFC 3168 section 5, as Wireshark spells them.
    String ecnLabel() {
        return switch (ecn) {
            case 1 -> "ect1";
            case 2 -> "ect0";
            case 3 -> "ce";
            default -> "not-ect";
        };
    }

    /// What became of it, for people.
    String end() {
        String end = reason == null ? "sent" : "dropped: " + reason.label();
        return tookNs < 0 ? end : end + " after " + tookNs / 1000 + " us";
    }
}
