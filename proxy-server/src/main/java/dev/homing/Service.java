package dev.homing;

import dev.homing.control.config.Configuration;
import dev.homing.control.config.value.IpText;
import dev.homing.ledger.Books;
import dev.homing.ledger.SessionState;
import dev.homing.ledger.Side;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs a proxy from start to stop, as signals say:
///
/// ```
/// TERM   drain: not ready, no new connections; existing ones go on until none is left or the drain timeout
/// INT    stop at once, also while draining
/// ```
///
/// The main thread.
public final class Service {

    /// The exit code after an orderly stop.
    public static final int STOPPED = 0;

    /// The exit code after INT, as shells expect it: 128 and the signal's number.
    public static final int INTERRUPTED = 130;

    private static final Logger LOG = LoggerFactory.getLogger("homing");
    private static final long LOOK_MS = 100;
    private static final long PROGRESS_NS = TimeUnit.SECONDS.toNanos(5);

    private enum Wish {
        DRAIN,
        STOP
    }

    private final BlockingQueue<Wish> wishes = new LinkedBlockingQueue<>();

    /// Stops as TERM does. Any thread.
    public void drain() {
        wishes.add(Wish.DRAIN);
    }

    /// Stops as INT does. Any thread.
    public void stop() {
        wishes.add(Wish.STOP);
    }

    /// Listens to the process's signals from now on.
    public void obeySignals() {
        Signals.on("TERM", this::drain);
        Signals.on("INT", this::stop);
    }

    /// Runs until told to stop.
    ///
    /// @return the exit code
    /// @throws dev.homing.linux.BrokenMachine if the machine does not let it start
    public int run(Configuration configuration) throws InterruptedException {
        try (ProxyServer server = ProxyServer.start(configuration)) {
            sayStarted(server);
            int exitCode =
                    wishes.take() == Wish.STOP
                            ? INTERRUPTED
                            : drain(server, configuration.stop().drainTimeout());
            sayStopped(server);
            return exitCode;
        }
    }

    private int drain(ProxyServer server, Duration timeout) throws InterruptedException {
        server.refuseNewConnections();
        long startNs = System.nanoTime();
        long nextProgressNs = startNs;
        while (server.hasSessions()) {
            long nowNs = System.nanoTime();
            if (nowNs - startNs >= timeout.toNanos()) {
                LOG.warn("event=drain-timeout sessions_left={}", sessions(server.books()));
                return STOPPED;
            }
            if (nowNs - nextProgressNs >= 0) {
                LOG.info(
                        "event=draining sessions_left={} seconds_left={}",
                        sessions(server.books()),
                        timeout.toSeconds() - TimeUnit.NANOSECONDS.toSeconds(nowNs - startNs));
                nextProgressNs = nowNs + PROGRESS_NS;
            }
            if (wishes.poll(LOOK_MS, TimeUnit.MILLISECONDS) == Wish.STOP) {
                return INTERRUPTED;
            }
        }
        return STOPPED;
    }

    private static void sayStarted(ProxyServer server) {
        LOG.info(
                "event=started version={} listen={} backends={} receivers={} shards={} admin={}",
                Version.current().number(),
                server.listenAddresses().stream()
                        .map(IpText::print)
                        .collect(Collectors.joining(",")),
                server.routing().backends().size(),
                server.receivers(),
                server.shards(),
                server.adminAddress().map(IpText::print).orElse("off"));
        List<String> remarks = server.remarks();
        remarks.forEach(remark -> LOG.warn("event=remark text=\"{}\"", remark));
    }

    private static void sayStopped(ProxyServer server) {
        Books books = server.books();
        LOG.info(
                "event=stopped received={} returned={} dropped={} sessions_left={}",
                books.received(Side.CLIENT),
                books.sent(Side.CLIENT),
                books.dropped(Side.CLIENT) + books.dropped(Side.BACKEND),
                sessions(books));
    }

    private static long sessions(Books books) {
        return books.sessions(SessionState.ESTABLISHED) + books.sessions(SessionState.HALF_OPEN);
    }
}
