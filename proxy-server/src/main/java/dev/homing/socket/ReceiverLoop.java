package dev.homing.socket;

import dev.homing.datagram.DatagramPool;
import dev.homing.handoff.Handoff;
import dev.homing.ledger.Ledger;
import dev.homing.linux.CpuAffinity;
import dev.homing.linux.Syscalls;
import dev.homing.linux.ThreadCpu;
import dev.homing.linux.UdpSocket;
import dev.homing.relay.Intake;
import dev.homing.trace.Tracer;
import io.netty.channel.IoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.util.concurrent.TimeUnit;

/// A receiver's thread: a socket of each listening address, whose datagrams it gives to its
/// [Intake].
///
/// Made, fed with sockets and stopped by the wiring thread; works from the first socket on.
public final class ReceiverLoop {

    /// How long a receiver without datagrams needs to take part in a trace.
    private static final long TRACES_TICK_MS = 100;

    private final MultiThreadIoEventLoopGroup group;
    private final IoEventLoop loop;
    private final Inlet inlet;
    private final Intake intake;
    private final Tracer tracer;
    private final Ledger ledger;
    private final ThreadCpu cpu;

    /// @param index of the receiver
    /// @param pool its slots, at least [#slotCount]
    /// @param shards its hand-offs, that its slots come home by
    /// @param ledger its own
    /// @param tracer its own
    public ReceiverLoop(
            int index,
            DatagramPool pool,
            Handoff[] shards,
            Intake intake,
            Ledger ledger,
            Tracer tracer) {
        LoanedSlots.check(pool, Inlet.SLOTS, shards);
        inlet = new Inlet(new Syscalls(), pool, shards, ledger);
        this.intake = intake;
        this.ledger = ledger;
        this.tracer = tracer;
        group = EventLoops.open("recv-" + index);
        loop = group.next();
        cpu = EventLoops.ask(loop, ThreadCpu::ofCallingThread);
        loop.scheduleWithFixedDelay(inlet::reportErrors, 1, 1, TimeUnit.SECONDS);
        loop.scheduleWithFixedDelay(
                tracer::follow, TRACES_TICK_MS, TRACES_TICK_MS, TimeUnit.MILLISECONDS);
    }

    /// How many slots a receiver needs, so that a full queue is what drops datagrams, and not a
    /// want of slots.
    ///
    /// @param queueCapacity of each hand-off, a power of two
    public static int slotCount(int shards, int queueCapacity) {
        return Inlet.SLOTS + shards * LoanedSlots.perShard(queueCapacity);
    }

    /// Does something once, soon, off the hot path. Any thread, until the loop is stopped.
    public void execute(Runnable work) {
        loop.execute(work);
    }

    /// Has the thread run on one CPU only from now on.
    public void pin(int cpu) {
        EventLoops.call(loop, () -> CpuAffinity.pin(cpu));
    }

    /// Receives from a socket from now on.
    ///
    /// @param socket stays the caller's, who closes it after every loop has stopped
    /// @param listener index of the listening address
    public void listen(UdpSocket socket, int listener) {
        EventLoops.register(
                loop, new ListeningSocket(socket, listener, inlet, intake, this::turned));
    }

    private void turned() {
        ledger.turned();
        tracer.follow();
    }

    /// What the thread costs. Any thread.
    public ThreadCpu cpu() {
        return cpu;
    }

    /// Ends the thread; what it received is with the shards then.
    public void stop() {
        EventLoops.stop(group);
    }
}
