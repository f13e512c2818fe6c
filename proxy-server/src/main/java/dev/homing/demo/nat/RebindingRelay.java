package dev.homing.demo.nat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A NAT for one client: passes its datagrams on from a socket of its own, and on [#rebind] takes
/// another one.
///
/// ```
///   client ──► address() │ relay │ outgoingAddress() ──► server or balancer
///                                   rebind(): a new one; the old goes, or lingers
/// ```
///
/// As behind a real NAT, what was sent to the old address and has not been received when that goes
/// is lost, and the server is expected to notice. Not every server does: quiche, as Netty 4.2.18
/// has it, repeats what it had sent to an old address by probe timeouts only, each twice as long as
/// the one before, so a download that loses many datagrams this way stalls. To show that a
/// connection is followed, and not how a server repairs losses, let the old address linger, as it
/// does when a phone goes from Wi-Fi to mobile.
///
/// Nothing else is lost, as long as the kernel's socket buffers hold. ECN marks are not carried.
///
/// One thread, which ends with [#close]; every method may be called from any thread.
public final class RebindingRelay implements AutoCloseable {
    private static final int MAX_DATAGRAM_BYTES = 65_535;
    private static final long LINGER_CHECK_MS = 10;
    private static final int MAX_LINGERING = 16;
    private static final long CLOSE_TIMEOUT_MS = 2_000;

    private final Selector selector;
    private final RelaySocket inside;
    private final Thread thread;
    private final ByteBuffer datagram = ByteBuffer.allocateDirect(MAX_DATAGRAM_BYTES);
    private final ConcurrentLinkedQueue<Rebinding> rebindings = new ConcurrentLinkedQueue<>();
    private final ArrayDeque<Old> olds = new ArrayDeque<>();
    private final AtomicLong forwarded = new AtomicLong();
    private final AtomicLong returned = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();

    // Only the relay's thread uses these three, and what is in olds.
    private InetSocketAddress server;
    private RelaySocket outside;
    private @Nullable InetSocketAddress client;

    private volatile InetSocketAddress destination;
    private volatile InetSocketAddress outgoingAddress;
    private volatile boolean closed;

    private record Rebinding(
            RelaySocket outside,
            InetSocketAddress server,
            long lingerNs,
            CompletableFuture<InetSocketAddress> done) {}

    /// A socket that is no longer sent from, but still heard until its time has come.
    private record Old(RelaySocket socket, long endNs) {}

    private RebindingRelay(
            InetSocketAddress server, Selector selector, RelaySocket inside, RelaySocket outside) {
        this.server = server;
        destination = server;
        this.selector = selector;
        this.inside = inside;
        this.outside = outside;
        outgoingAddress = outside.address();
        thread = new Thread(this::run, "demo-relay");
        thread.setDaemon(true);
    }

    /// Opens a relay toward `server` that sends from loopback if the server is there, else from
    /// whichever address leads to it.
    public static RebindingRelay open(InetSocketAddress server) throws IOException {
        return open(server, RelaySocket.near(server.getAddress()));
    }

    /// Opens a relay toward `server` that sends from the local address `from`.
    public static RebindingRelay open(InetSocketAddress server, InetAddress from)
            throws IOException {
        RelaySocket inside = RelaySocket.bound(RelaySocket.loopback(server.getAddress()));
        try {
            RelaySocket outside = RelaySocket.connected(from, server);
            Selector selector = Selector.open();
            inside.register(selector);
            outside.register(selector);
            RebindingRelay relay = new RebindingRelay(server, selector, inside, outside);
            relay.thread.start();
            return relay;
        } catch (IOException e) {
            inside.close();
            throw e;
        }
    }

    /// Where the client sends to.
    public InetSocketAddress address() {
        return inside.address();
    }

    /// Where the server sees the client.
    public InetSocketAddress outgoingAddress() {
        return outgoingAddress;
    }

    /// Gives the client a new port on the same address, and takes the old one away at once.
    public CompletableFuture<InetSocketAddress> rebind() {
        return rebind(outgoingAddress.getAddress(), Duration.ZERO);
    }

    /// Gives the client a new port on the local address `from`; completes with it once it is used.
    ///
    /// @param linger how long what comes to the old address still reaches the client
    public CompletableFuture<InetSocketAddress> rebind(InetAddress from, Duration linger) {
        return reroute(destination, from, linger);
    }

    /// As [#rebind(InetAddress, Duration)], and from now on the client's datagrams reach somebody
    /// else than before, as when a network in front of several balancers changes its mind.
    public CompletableFuture<InetSocketAddress> reroute(
            InetSocketAddress server, InetAddress from, Duration linger) {
        destination = server;
        Rebinding rebinding;
        try {
            rebinding =
                    new Rebinding(
                            RelaySocket.connected(from, server),
                            server,
                            linger.toNanos(),
                            new CompletableFuture<>());
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
        rebindings.add(rebinding);
        selector.wakeup();
        if (closed) {
            abandonRebindings();
        }
        return rebinding.done();
    }

    /// Datagrams passed from the client to the server.
    public long forwarded() {
        return forwarded.get();
    }

    /// Datagrams passed from the server to the client.
    public long returned() {
        return returned.get();
    }

    /// Datagrams that the kernel would not take, or that came from somebody who is not the client.
    public long dropped() {
        return dropped.get();
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join(CLOSE_TIMEOUT_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (selector;
                inside) {
            while (!closed) {
                selector.select(olds.isEmpty() ? 0 : LINGER_CHECK_MS);
                selector.selectedKeys().clear();
                drainInside();
                drainOutside(outside);
                drainOlds();
                for (Rebinding next = rebindings.poll(); next != null; next = rebindings.poll()) {
                    moveTo(next);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the relay " + inside.address() + " to " + server + " broke", e);
        } finally {
            closed = true;
            outside.close();
            olds.forEach(old -> old.socket().close());
            abandonRebindings();
        }
    }

    private void moveTo(Rebinding next) throws IOException {
        if (next.lingerNs() > 0) {
            olds.add(new Old(outside, System.nanoTime() + next.lingerNs()));
            if (olds.size() > MAX_LINGERING) {
                olds.remove().socket().close();
            }
        } else {
            // What has arrived at the old address belongs to the client; what comes now finds
            // nobody there.
            drainOutside(outside);
            outside.close();
        }
        outside = next.outside();
        server = next.server();
        outside.register(selector);
        outgoingAddress = outside.address();
        next.done().complete(outgoingAddress);
    }

    private void drainOlds() throws IOException {
        for (Iterator<Old> each = olds.iterator(); each.hasNext(); ) {
            Old old = each.next();
            drainOutside(old.socket());
            if (System.nanoTime() - old.endNs() >= 0) {
                old.socket().close();
                each.remove();
            }
        }
    }

    private void drainInside() throws IOException {
        for (InetSocketAddress sender = inside.receive(datagram);
                sender != null;
                sender = inside.receive(datagram)) {
            if (client == null) {
                client = sender;
            }
            if (sender.equals(client) && outside.send(datagram, server)) {
                forwarded.incrementAndGet();
            } else {
                dropped.incrementAndGet();
            }
        }
    }

    private void drainOutside(RelaySocket socket) throws IOException {
        while (socket.receive(datagram) != null) {
            InetSocketAddress receiver = client;
            if (receiver != null && inside.send(datagram, receiver)) {
                returned.incrementAndGet();
            } else {
                dropped.incrementAndGet();
            }
        }
    }

    private void abandonRebindings() {
        for (Rebinding next = rebindings.poll(); next != null; next = rebindings.poll()) {
            next.outside().close();
            next.done().completeExceptionally(new IOException("the relay is closed"));
        }
    }
}
