package dev.homing.kit;

import dev.homing.datagram.Address;
import dev.homing.ledger.DropReason;
import dev.homing.ledger.RouteMethod;
import dev.homing.ledger.Side;
import dev.homing.trace.TraceRecord;
import dev.homing.trace.TraceRing;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A record of a trace, as a value.
///
/// @param heads what was kept of each datagram
public record Traced(
        int number,
        Side side,
        long timeNs,
        long tookNs,
        Place remote,
        boolean isRemoteClient,
        Place local,
        int listener,
        int backend,
        @Nullable RouteMethod method,
        @Nullable DropReason reason,
        int ecn,
        int idLength,
        int lengthBytes,
        int segmentBytes,
        List<byte[]> heads) {

    /// Takes all there is.
    public static List<Traced> read(List<TraceRing> rings) {
        TraceRecord record = new TraceRecord();
        List<Traced> all = new ArrayList<>();
        for (TraceRing ring : rings) {
            while (ring.peek(record)) {
                all.add(of(record));
                ring.release();
            }
        }
        return all;
    }

    private static Traced of(TraceRecord record) {
        Address remote = new Address();
        Address local = new Address();
        record.readRemote(remote);
        record.readLocal(local);
        List<byte[]> heads = new ArrayList<>();
        for (int i = 0; i < record.count(); i++) {
            heads.add(record.head(i));
        }
        return new Traced(
                record.number(),
                record.side(),
                record.timeNs(),
                record.tookNs(),
                Place.of(remote),
                record.isRemoteClient(),
                Place.of(local),
                record.listener(),
                record.backend(),
                record.method(),
                record.reason(),
                record.ecn(),
                record.idLength(),
                record.lengthBytes(),
                record.segmentBytes(),
                heads);
    }
}
