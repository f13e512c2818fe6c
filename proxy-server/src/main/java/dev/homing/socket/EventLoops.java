package dev.homing.socket;

import dev.homing.linux.BrokenMachine;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/// One of Netty's epoll loops with a thread of its own, and how the wiring thread speaks to it.
final class EventLoops {

    private static final long STOP_SECONDS = 5;

    private EventLoops() {}

    /// @param threadName at most 15 characters, for that is what the kernel shows
    static MultiThreadIoEventLoopGroup open(String threadName) {
        if (!Epoll.isAvailable()) {
            throw new BrokenMachine(
                    "Netty's epoll library cannot be loaded (a file system mounted noexec?): set"
                            + " -Dio.netty.native.workdir to a directory that programs may run from",
                    Epoll.unavailabilityCause());
        }
        ThreadFactory threads =
                task -> {
                    Thread thread = new FastThreadLocalThread(task, threadName);
                    thread.setDaemon(
                            true); // how long the process lives is the main thread's to say
                    return thread;
                };
        return new MultiThreadIoEventLoopGroup(1, threads, EpollIoHandler.newFactory());
    }

    /// Registers a handle for readability, level-triggered. On the loop's thread this is done when
    /// it returns.
    static IoRegistration register(IoEventLoop loop, EpollIoHandle handle) {
        IoRegistration registration = loop.register(handle).syncUninterruptibly().getNow();
        try {
            registration.submit(EpollIoOps.EPOLLIN);
            return registration;
        } catch (UncheckedIOException e) {
            registration.cancel();
            throw new BrokenMachine(
                    "epoll_ctl failed ("
                            + e.getMessage()
                            + "): raise sysctl fs.epoll.max_user_watches, or free kernel memory",
                    e);
        }
    }

    /// Runs something on the loop's thread and waits for it.
    static void call(IoEventLoop loop, Runnable work) {
        loop.submit(work).syncUninterruptibly();
    }

    /// Asks something that only the loop's thread can tell.
    static <T> T ask(IoEventLoop loop, Callable<T> question) {
        return loop.submit(question).syncUninterruptibly().getNow();
    }

    static void stop(MultiThreadIoEventLoopGroup group) {
        group.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(2 * STOP_SECONDS, TimeUnit.SECONDS);
    }
}
