package dev.homing.socket;

import static java.util.Objects.requireNonNull;

import dev.homing.datagram.DatagramPool;
import dev.homing.datagram.DatagramSink;
import dev.homing.datagram.Outbox;
import dev.homing.handoff.Handoff;
import dev.homing.ledger.Ledger;
import dev.homing.ledger.Side;
import dev.homing.linux.BrokenMachine;
import dev.homing.linux.CpuAffinity;
import dev.homing.linux.ErrorQueue;
import dev.homing.linux.SocketMemory;
import dev.homing.linux.Syscalls;
import dev.homing.linux.ThreadCpu;
import dev.homing.linux.UdpSocket;
import dev.homing.relay.Intake;
import dev.homing.route.RoutingFeed;
import dev.homing.session.BackendPorts;
import dev.homing.shard.Shard;
import dev.homing.trace.Tracer;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A shard's thread: its ports toward backends, its outlets toward clients, and when it receives
/// for itself its listening sockets. Calls [Shard#turn]
///
/// - after socket events, once for all of those of one round of epoll,
/// - when a receiver signals and no turn is due already,
/// - ten times a second in any case.
///
/// Made, started and stopped by the wiring thread, in this order: constructor, the doors that the
/// [Shard] is made with, [#start], [#listen].
public final class ShardLoop {

    private static final long TICK_MS = 100;

    /// How long an address that trains were refused to gets single datagrams.
    private static final long TRAINS_REFUSED_SECONDS = 60;

    private final MultiThreadIoEventLoopGroup group;
    private final IoEventLoop loop;
    private final Inlet inlet;
    private final NetworkErrors networkErrors;
    private final SendQueue sendQueue;
    private final BackendPortSet ports;
    private final List<IoRegistration> listening = new ArrayList<>();

    private final AtomicBoolean isTurnDue = new AtomicBoolean();
    private final Runnable turn = this::turn;
    private final Runnable turnSoon = this::turnSoon;
    private final List<Runnable> onTick = new ArrayList<>();
    private final ThreadCpu cpu;
    private @Nullable Shard shard;

    /// @param index of the shard
    /// @param pool its slots, at least [#slotCount]
    /// @param lent the hand-offs to other shards, when it receives for itself; else none
    /// @param routing tells whom errors of the network are about
    /// @param ledger its own
    /// @param tracer its own
    public ShardLoop(
            int index,
            DatagramPool pool,
            Handoff[] lent,
            RoutingFeed routing,
            Ledger ledger,
            Tracer tracer,
            BackendPortOptions backendPorts) {
        LoanedSlots.check(pool, Inlet.SLOTS + SendQueue.CAPACITY, lent);
        Syscalls syscalls = new Syscalls();
        inlet = new Inlet(syscalls, pool, lent, ledger);
        networkErrors = new NetworkErrors(new ErrorQueue(syscalls), routing, ledger);
        sendQueue = new SendQueue(syscalls, networkErrors, ledger, tracer);
        ports = new BackendPortSet(backendPorts, this, ledger);
        group = EventLoops.open("shard-" + index);
        loop = group.next();
        cpu = EventLoops.ask(loop, ThreadCpu::ofCallingThread);
    }

    /// How many slots a shard needs.
    ///
    /// @param others how many shards it hands datagrams to: all others when it receives for itself,
    ///   else 0
    /// @param queueCapacity of each hand-off, a power of two
    public static int slotCount(int others, int queueCapacity) {
        return Inlet.SLOTS + SendQueue.CAPACITY + others * LoanedSlots.perShard(queueCapacity);
    }

    /// For the [Shard]: what flushes.
    public Outbox outbox() {
        return sendQueue;
    }

    /// For the [Shard]: its ports toward backends.
    public BackendPorts backendPorts() {
        return ports;
    }

    /// For the [Shard]: the way to the clients of a listening address.
    ///
    /// @param socket any socket of that address; stays the caller's, who closes it after every loop
    ///   has stopped
    public DatagramSink clientPort(UdpSocket socket) {
        return sendQueue.outlet(socket, Side.CLIENT);
    }

    /// For [Handoff#onSignal]: wakes the shard. Any thread. Netty writes to the loop's eventfd only
    /// while it sleeps.
    public Runnable wakeUp() {
        return turnSoon;
    }

    /// Begins to turn the shard.
    public void start(Shard shard) {
        EventLoops.call(
                loop,
                () -> {
                    this.shard = shard;
                    loop.scheduleWithFixedDelay(
                            this::tick, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
                    loop.scheduleWithFixedDelay(
                            sendQueue::tryTrainsAgain,
                            TRAINS_REFUSED_SECONDS,
                            TRAINS_REFUSED_SECONDS,
                            TimeUnit.SECONDS);
                });
    }

    /// Does something ten times a second, too, off the hot path.
    public void onTick(Runnable work) {
        EventLoops.call(loop, () -> onTick.add(work));
    }

    /// Does something once, soon, off the hot path. Any thread, until the loop is stopped.
    public void execute(Runnable work) {
        loop.execute(work);
    }

    /// Has the thread run on one CPU only from now on.
    public void pin(int cpu) {
        EventLoops.call(loop, () -> CpuAffinity.pin(cpu));
    }

    /// Receives for itself from a socket from now on, once started.
    ///
    /// @param socket stays the caller's, who closes it after every loop has stopped
    /// @param listener index of the listening address
    public void listen(UdpSocket socket, int listener, Intake intake) {
        listening.add(
                EventLoops.register(
                        loop, new ListeningSocket(socket, listener, inlet, intake, turnSoon)));
    }

    /// Receives no more from its listening sockets: to be called for each shard before the first
    /// one is stopped, since they hand datagrams to one another.
    public void stopListening() {
        EventLoops.call(
                loop,
                () -> {
                    listening.forEach(IoRegistration::cancel);
                    listening.clear();
                });
    }

    /// Sends what has been handed over, closes the ports toward backends and ends the thread. Also
    /// for a loop that was never started.
    public void stop() {
        EventLoops.call(loop, this::finish);
        EventLoops.stop(group);
    }

    private void finish() {
        ports.stopReceiving();
        Shard mine = shard;
        if (mine != null) {
            do {
                mine.turn(System.nanoTime());
            } while (mine.hasHandoffs());
        }
        ports.close();
    }

    /// How many ports toward backends are open. Any thread.
    public int backendPortCount() {
        return ports.count();
    }

    /// What the ports toward backends hold and have lost: the queue is that of the port where most
    /// waits, the drops are those of all. Empty if the kernel does not tell. Any thread.
    public Optional<SocketMemory> backendPortMemory() {
        return ports.memory();
    }

    /// What the thread costs. Any thread.
    public ThreadCpu cpu() {
        return cpu;
    }

    Shard shard() {
        return requireNonNull(shard, "not started");
    }

    /// A turn follows, if none is due already. Any thread.
    void turnSoon() {
        if (!isTurnDue.getAndSet(true)) {
            loop.execute(turn);
        }
    }

    private void turn() {
        isTurnDue.set(false);
        // What is handed over from here on signals again. Without the fence, the queues could be
        // read first and found empty, and a signal in between be lost.
        VarHandle.fullFence();
        Shard mine = shard();
        mine.turn(System.nanoTime());
        if (mine.hasMore()) {
            turnSoon();
        }
    }

    private void tick() {
        ports.tick();
        turn();
        inlet.reportErrors();
        sendQueue.reportErrors();
        for (int i = 0; i < onTick.size(); i++) {
            onTick.get(i).run();
        }
    }

    /// The shard's thread: opens the door to what backends send to a new port.
    BackendPort register(int number, UdpSocket socket) {
        BackendPort port =
                new BackendPort(
                        number,
                        socket,
                        sendQueue.outlet(socket, Side.BACKEND),
                        inlet,
                        networkErrors,
                        this);
        try {
            port.open(loop);
            return port;
        } catch (BrokenMachine e) {
            socket.close();
            throw e;
        }
    }
}
