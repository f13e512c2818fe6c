package dev.homing.demo.server;

import java.util.concurrent.atomic.LongAdder;

/// What a [QuicServer] counts. Written by its event loops, read by any thread.
final class ServerTally {
    final LongAdder connections = new LongAdder();
    final LongAdder connectionsClosed = new LongAdder();
    final LongAdder connectionsFailed = new LongAdder();
    final LongAdder transfers = new LongAdder();
    final LongAdder streamsAborted = new LongAdder();
    final LongAdder badRequests = new LongAdder();
    final LongAdder bytesSent = new LongAdder();
    final LongAdder newPaths = new LongAdder();
    final LongAdder validatedPaths = new LongAdder();
    final LongAdder migrations = new LongAdder();

    ServerCounts snapshot() {
        long accepted = connections.sum();
        return new ServerCounts(
                accepted,
                accepted - connectionsClosed.sum(),
                connectionsFailed.sum(),
                transfers.sum(),
                streamsAborted.sum(),
                badRequests.sum(),
                bytesSent.sum(),
                newPaths.sum(),
                validatedPaths.sum(),
                migrations.sum());
    }
}
