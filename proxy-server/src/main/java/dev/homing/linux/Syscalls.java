package dev.homing.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// The C library's wrappers of the system calls that Homing needs, one method a call.
///
/// Each returns what the kernel itself would: the result, or the negated errno. Pointers are plain
/// addresses, since all memory that is handed to the kernel here lives as long as the call, and an
/// address costs no object.
///
/// One thread an object: it owns the memory that errno is caught in.
public final class Syscalls {

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout CAUGHT = Linker.Option.captureStateLayout();
    private static final long ERRNO_OFFSET =
            CAUGHT.byteOffset(MemoryLayout.PathElement.groupElement("errno"));

    private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG;

    /// All calls have one shape, since linking each other one would cost 10 ms of every start: six
    /// words in, one out. Where a function takes fewer, or an int, it looks at no more of the
    /// registers than that (System V ABI for x86-64 section 3.2.3; AAPCS64 section 6.4), and of an
    /// int that it returns only the lower half is meant.
    ///
    /// ```
    /// | caught errno | function's 1st argument | … | 6th |  ──►  | result |
    /// ```
    private static final FunctionDescriptor SHAPE =
            FunctionDescriptor.of(WORD, WORD, WORD, WORD, WORD, WORD, WORD);

    /// For arguments that a function has not.
    private static final long NONE = 0;

    /// dlfcn.h: look in the order that the program itself is linked in.
    private static final long RTLD_DEFAULT = 0;

    /// A lookup through the linker alone asks the C library, even where a preloaded library
    /// (LD_PRELOAD: a user-space network stack) stands before it; so each name is asked for as the
    /// dynamic linker would resolve it.
    private static final MethodHandle DLSYM = handle(LINKER.defaultLookup().findOrThrow("dlsym"));

    private static final MethodHandle SOCKET = call("socket");
    private static final MethodHandle BIND = call("bind");
    private static final MethodHandle GETSOCKNAME = call("getsockname");
    private static final MethodHandle SETSOCKOPT = call("setsockopt");
    private static final MethodHandle GETSOCKOPT = call("getsockopt");
    private static final MethodHandle RECVMMSG = call("recvmmsg");
    private static final MethodHandle SENDMMSG = call("sendmmsg");
    private static final MethodHandle RECVMSG = call("recvmsg");
    private static final MethodHandle CLOSE = call("close");
    private static final MethodHandle POLL = call("poll");
    private static final MethodHandle MMAP = call("mmap");
    private static final MethodHandle MADVISE = call("madvise");
    private static final MethodHandle GETRLIMIT = call("getrlimit");
    private static final MethodHandle SETRLIMIT = call("setrlimit");
    private static final MethodHandle CLOCK_GETTIME = call("clock_gettime");
    private static final MethodHandle SCHED_GETAFFINITY = call("sched_getaffinity");
    private static final MethodHandle SCHED_SETAFFINITY = call("sched_setaffinity");

    /// Linked by its first use, since it is a shape of its own.
    private static final class Variadic {

        private static final MethodHandle IOCTL =
                handle(
                        symbol("ioctl"),
                        Linker.Option.captureCallState("errno"),
                        Linker.Option.firstVariadicArg(2));
    }

    private final MemorySegment caught = Arena.ofAuto().allocate(CAUGHT);

    /// socket(2).
    public int socket(int domain, int type, int protocol) {
        try {
            return intResult(
                    (long)
                            SOCKET.invokeExact(
                                    caught,
                                    (long) domain,
                                    (long) type,
                                    (long) protocol,
                                    NONE,
                                    NONE,
                                    NONE));
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// bind(2).
    public int bind(int fd, long address, int length) {
        try {
            return intResult(
                    (long)
                            BIND.invokeExact(
                                    caught, (long) fd, address, (long) length, NONE, NONE, NONE));
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// getsockname(2); the length is read and written.
    public int getsockname(int fd, long address, long length) {
        try {
            return intResult(
                    (long)
                            GETSOCKNAME.invokeExact(
                                    caught, (long) fd, address, length, NONE, NONE, NONE));
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// setsockopt(2).
    public int setsockopt(int fd, int level, int option, long value, int length) {
        try {
            return intResult(
                    (long)
                            SETSOCKOPT.invokeExact(
                                    caught,
                                    (long) fd,
                                    (long) level,
                                    (long) option,
                                    value,
                                    (long) length,
                                    NONE));
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// getsockopt(2); the length is read and written.
    public int getsockopt(int fd, int level, int option, long value, long length) {
        try {
            return intResult(
                    (long)
                            GETSOCKOPT.invokeExact(
                                    caught,
                                    (long) fd,
                                    (long) level,
                                    (long) option,
                                    value,
                                    length,
                                    NONE));
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// recvmmsg(2), without its timeout, which is of no use (the man page's section BUGS says why).
    public int recvmmsg(int fd, long vector, int count, int flags) {
        try {
            return intResult(
                    (long)
                            RECVMMSG.invokeExact(
                                    caught,
                                    (long) fd,
                                    vector,
                                    (long) count,
                                    (long) flags,
                                    NONE,
                                    NONE));
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// sendmmsg(2).
    public int sendmmsg(int fd, long vector, int count, int flags) {
        try {
            return intResult(
                    (long)
                            SENDMMSG.invokeExact(
                                    caught,
                                    (long) fd,
                                    vector,
                                    (long) count,
                                    (long) flags,
                                    NONE,
                                    NONE));
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// recvmsg(2).
    public long recvmsg(int fd, long message, int flags) {
        try {
            return result(
                    (long)
                            RECVMSG.invokeExact(
                                    caught, (long) fd, message, (long) flags, NONE, NONE, NONE));
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// close(2).
    public int close(int fd) {
        try {
            return intResult(
                    (long) CLOSE.invokeExact(caught, (long) fd, NONE, NONE, NONE, NONE, NONE));
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// poll(2).
    public int poll(long descriptors, long count, int timeoutMillis) {
        try {
            return intResult(
                    (long)
                            POLL.invokeExact(
                                    caught,
                                    descriptors,
                                    count,
                                    (long) timeoutMillis,
                                    NONE,
                                    NONE,
                                    NONE));
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// mmap(2) of fresh memory, which belongs to no file.
    public long mmap(long length, int protection, int flags) {
        try {
            return result(
                    (long)
                            MMAP.invokeExact(
                                    caught,
                                    NONE,
                                    length,
                                    (long) protection,
                                    (long) flags,
                                    -1L,
                                    NONE));
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// madvise(2).
    public int madvise(long address, long length, int advice) {
        try {
            return intResult(
                    (long)
                            MADVISE.invokeExact(
                                    caught, address, length, (long) advice, NONE, NONE, NONE));
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// getrlimit(2).
    public int getrlimit(int resource, long limit) {
        try {
            return intResult(
                    (long)
                            GETRLIMIT.invokeExact(
                                    caught, (long) resource, limit, NONE, NONE, NONE, NONE));
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// setrlimit(2).
    public int setrlimit(int resource, long limit) {
        try {
            return intResult(
                    (long)
                            SETRLIMIT.invokeExact(
                                    caught, (long) resource, limit, NONE, NONE, NONE, NONE));
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// ioctl(2), of a request that takes a pointer.
    public int ioctl(int fd, long request, long argument) {
        try {
            return intResult(
                    (long)
                            Variadic.IOCTL.invokeExact(
                                    caught, (long) fd, request, argument, NONE, NONE, NONE));
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// clock_gettime(2).
    public int clockGettime(int clock, long time) {
        try {
            return intResult(
                    (long)
                            CLOCK_GETTIME.invokeExact(
                                    caught, (long) clock, time, NONE, NONE, NONE, NONE));
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// sched_getaffinity(2).
    public int schedGetaffinity(int thread, long length, long mask) {
        try {
            return intResult(
                    (long)
                            SCHED_GETAFFINITY.invokeExact(
                                    caught, (long) thread, length, mask, NONE, NONE, NONE));
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// sched_setaffinity(2).
    public int schedSetaffinity(int thread, long length, long mask) {
        try {
            return intResult(
                    (long)
                            SCHED_SETAFFINITY.invokeExact(
                                    caught, (long) thread, length, mask, NONE, NONE, NONE));
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    private int intResult(long returned) {
        int value = (int) returned;
        return value == -1 ? -errno() : value;
    }

    private long result(long returned) {
        return returned == -1 ? -errno() : returned;
    }

    private int errno() {
        return caught.get(ValueLayout.JAVA_INT, ERRNO_OFFSET);
    }

    /// A function of the C library throws nothing; what comes here is a wrong descriptor or the end
    /// of the process.
    private static AssertionError impossible(Throwable thrown) {
        return new AssertionError("a downcall threw", thrown);
    }

    private static MethodHandle call(String name) {
        return handle(symbol(name));
    }

    private static MethodHandle handle(MemorySegment symbol) {
        return handle(symbol, Linker.Option.captureCallState("errno"));
    }

    @SuppressWarnings("restricted") // this room is the one that may
    private static MethodHandle handle(MemorySegment symbol, Linker.Option... options) {
        return LINKER.downcallHandle(symbol, SHAPE, options);
    }

    private static MemorySegment symbol(String name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment caught = arena.allocate(CAUGHT);
            long cName = arena.allocateFrom(name).address();
            long address =
                    (long) DLSYM.invokeExact(caught, RTLD_DEFAULT, cName, NONE, NONE, NONE, NONE);
            if (address == 0) {
                throw new UnsatisfiedLinkError("the C library has no " + name);
            }
            return MemorySegment.ofAddress(address);
        } catch (UnsatisfiedLinkError e) {
            throw e;
        } catch (Throwable e) {
            throw impossible(e);
        }
    }
}
