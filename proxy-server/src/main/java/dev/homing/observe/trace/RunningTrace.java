package dev.homing.observe.trace;

import dev.homing.observe.http.LongAnswer;
import dev.homing.trace.Selection;
import dev.homing.trace.TraceFeed;
import dev.homing.trace.TraceRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A trace from when it is switched on until its time is over or nobody wants it any more. The
/// records of all threads are merged in the order of their times.
///
/// The admin server's thread.
public final class RunningTrace implements LongAnswer {

    /// Records come when a turn ends, with its time: so much later another thread's may still be
    /// missing.
    private static final long LAG_NS = TimeUnit.MILLISECONDS.toNanos(20);

    /// A shard turns ten times a second at least. One that does not is stopped, and not waited for.
    private static final long BEGINNING_NS = TimeUnit.SECONDS.toNanos(2);

    /// Of records, in one go: the thread has metrics to serve too.
    private static final int RECORDS_A_CALL = 1000;

    private final TraceFeed feed;
    private final Selection selection;
    private final List<TracedThread> threads;
    private final List<TraceRecord> oldest = new ArrayList<>();
    private final Names names;
    private final TraceWriter writer;
    private final long durationNs;
    private final Runnable onClose;
    private final long nanosOfZero = TraceTimes.nanosOfZero();
    private final long lostBefore;
    private final long askedNs = System.nanoTime();

    private long records;
    private boolean hasBegun;
    private boolean isHeadWritten;
    private boolean isClosed;

    /// When it began, as of System.nanoTime().
    private long begunNs;

    /// Switches the trace on.
    ///
    /// @param onClose once, when another trace may begin
    public RunningTrace(
            TraceFeed feed,
            Selection selection,
            List<TracedThread> threads,
            Names names,
            TraceFormat format,
            Duration duration,
            Runnable onClose) {
        this.feed = feed;
        this.selection = selection;
        this.threads = List.copyOf(threads);
        this.names = names;
        this.writer = format.writer();
        this.durationNs = duration.toNanos();
        this.onClose = onClose;
        for (TracedThread thread : threads) {
            thread.ring().clear(); // what the last one left
            oldest.add(new TraceRecord());
        }
        lostBefore = lost();
        feed.publish(selection);
    }

    @Override
    public String contentType() {
        return writer.contentType();
    }

    @Override
    public boolean hasBegun() {
        if (!hasBegun) {
            long now = System.nanoTime();
            hasBegun =
                    now - askedNs >= BEGINNING_NS
                            || threads.stream()
                                    .allMatch(each ->
                                            each.followed().getAsInt() == selection.number());
            begunNs = now;
        }
        return hasBegun;
    }

    @Override
    public boolean isOver() {
        boolean isOver = isClosed || System.nanoTime() - begunNs >= durationNs;
        if (isOver) {
            switchOff();
        }
        return isOver;
    }

    @Override
    public boolean write(OutputStream out) throws IOException {
        if (!isHeadWritten) {
            isHeadWritten = true;
            writer.begin(out);
        }
        boolean isOn = feed.latest() == selection;
        long limitNs = System.nanoTime() - (isOn ? LAG_NS : 0);
        for (int i = 0; i < RECORDS_A_CALL; i++) {
            int thread = oldestThread();
            if (thread < 0 || oldest.get(thread).timeNs() - limitNs > 0) {
                return false;
            }
            take(thread, out);
        }
        return true;
    }

    /// The thread whose oldest record is the oldest of all, or −1.
    private int oldestThread() {
        int best = -1;
        for (int i = 0; i < threads.size(); i++) {
            TraceRecord record = oldest.get(i);
            if (threads.get(i).ring().peek(record)
                    && (best < 0 || record.timeNs() - oldest.get(best).timeNs() < 0)) {
                best = i;
            }
        }
        return best;
    }

    private void take(int thread, OutputStream out) throws IOException {
        TraceRecord record = oldest.get(thread);
        TracedThread of = threads.get(thread);
        // A thread may have gone on with the last trace for a moment.
        @Nullable TracedDatagram datagram =
                record.number() == selection.number()
                        ? TracedDatagram.of(record, of.name(), names, nanosOfZero)
                        : null;
        of.ring().release();
        if (datagram != null) {
            records++;
            writer.write(datagram, out);
        }
    }

    @Override
    public void writeEnd(OutputStream out) throws IOException {
        writer.end(System.nanoTime() + nanosOfZero, records, lost() - lostBefore, out);
    }

    private long lost() {
        return threads.stream().mapToLong(each -> each.ring().lost()).sum();
    }

    private void switchOff() {
        if (feed.latest() == selection) {
            feed.publish(Selection.NONE);
        }
    }

    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            switchOff();
            onClose.run();
        }
    }
}
