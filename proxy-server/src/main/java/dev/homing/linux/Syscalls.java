package dev.homing.linux;

import java.lang.foreign.AddressLayout;
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

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final ValueLayout.OfLong POINTER = ValueLayout.JAVA_LONG;
    private static final AddressLayout STRING = ValueLayout.ADDRESS;

    /// dlfcn.h: look in the order that the program itself is linked in.
    private static final long RTLD_DEFAULT = 0;

    /// A lookup through the linker alone asks the C library, even where a preloaded library
    /// (LD_PRELOAD: a user-space network stack) stands before it; so each name is asked for as the
    /// dynamic linker would resolve it.
    private static final MethodHandle DLSYM =
            handle(
                    LINKER.defaultLookup().findOrThrow("dlsym"),
                    FunctionDescriptor.of(POINTER, POINTER, STRING));

    private static final MethodHandle SOCKET = call("socket", INT, INT, INT, INT);
    private static final MethodHandle BIND = call("bind", INT, INT, POINTER, INT);
    private static final MethodHandle GETSOCKNAME = call("getsockname", INT, INT, POINTER, POINTER);
    private static final MethodHandle SETSOCKOPT =
            call("setsockopt", INT, INT, INT, INT, POINTER, INT);
    private static final MethodHandle GETSOCKOPT =
            call("getsockopt", INT, INT, INT, INT, POINTER, POINTER);
    private static final MethodHandle RECVMMSG =
            call("recvmmsg", INT, INT, POINTER, INT, INT, POINTER);
    private static final MethodHandle SENDMMSG = call("sendmmsg", INT, INT, POINTER, INT, INT);
    private static final MethodHandle RECVMSG = call("recvmsg", LONG, INT, POINTER, INT);
    private static final MethodHandle CLOSE = call("close", INT, INT);
    private static final MethodHandle POLL = call("poll", INT, POINTER, LONG, INT);
    private static final MethodHandle MMAP =
            call("mmap", POINTER, POINTER, LONG, INT, INT, INT, LONG);
    private static final MethodHandle MADVISE = call("madvise", INT, POINTER, LONG, INT);
    private static final MethodHandle GETRLIMIT = call("getrlimit", INT, INT, POINTER);
    private static final MethodHandle SETRLIMIT = call("setrlimit", INT, INT, POINTER);

    private static final MethodHandle SCHED_GETAFFINITY =
            call("sched_getaffinity", INT, INT, LONG, POINTER);
    private static final MethodHandle SCHED_SETAFFINITY =
            call("sched_setaffinity", INT, INT, LONG, POINTER);

    private final MemorySegment caught = Arena.ofAuto().allocate(CAUGHT);

    /// socket(2).
    public int socket(int domain, int type, int protocol) {
        try {
            return result((int) SOCKET.invokeExact(caught, domain, type, protocol));
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// bind(2).
    public int bind(int fd, long address, int length) {
        try {
            return result((int) BIND.invokeExact(caught, fd, address, length));
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// getsockname(2); the length is read and written.
    public int getsockname(int fd, long address, long length) {
        try {
            return result((int) GETSOCKNAME.invokeExact(caught, fd, address, length));
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// setsockopt(2).
    public int setsockopt(int fd, int level, int option, long value, int length) {
        try {
            return result((int) SETSOCKOPT.invokeExact(caught, fd, level, option, value, length));
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// getsockopt(2); the length is read and written.
    public int getsockopt(int fd, int level, int option, long value, long length) {
        try {
            return result((int) GETSOCKOPT.invokeExact(caught, fd, level, option, value, length));
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// recvmmsg(2), without its timeout, which is of no use (the man page's section BUGS says why).
    public int recvmmsg(int fd, long vector, int count, int flags) {
        try {
            return result((int) RECVMMSG.invokeExact(caught, fd, vector, count, flags, 0L));
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// sendmmsg(2).
    public int sendmmsg(int fd, long vector, int count, int flags) {
        try {
            return result((int) SENDMMSG.invokeExact(caught, fd, vector, count, flags));
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// recvmsg(2).
    public long recvmsg(int fd, long message, int flags) {
        try {
            return result((long) RECVMSG.invokeExact(caught, fd, message, flags));
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// close(2).
    public int close(int fd) {
        try {
            return result((int) CLOSE.invokeExact(caught, fd));
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// poll(2).
    public int poll(long descriptors, long count, int timeoutMillis) {
        try {
            return result((int) POLL.invokeExact(caught, descriptors, count, timeoutMillis));
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// mmap(2) of fresh memory, which belongs to no file.
    public long mmap(long length, int protection, int flags) {
        try {
            return result((long) MMAP.invokeExact(caught, 0L, length, protection, flags, -1, 0L));
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// madvise(2).
    public int madvise(long address, long length, int advice) {
        try {
            return result((int) MADVISE.invokeExact(caught, address, length, advice));
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// getrlimit(2).
    public int getrlimit(int resource, long limit) {
        try {
            return result((int) GETRLIMIT.invokeExact(caught, resource, limit));
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// setrlimit(2).
    public int setrlimit(int resource, long limit) {
        try {
            return result((int) SETRLIMIT.invokeExact(caught, resource, limit));
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// sched_getaffinity(2).
    public int schedGetaffinity(int thread, long length, long mask) {
        try {
            return result((int) SCHED_GETAFFINITY.invokeExact(caught, thread, length, mask));
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// sched_setaffinity(2).
    public int schedSetaffinity(int thread, long length, long mask) {
        try {
            return result((int) SCHED_SETAFFINITY.invokeExact(caught, thread, length, mask));
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    private int result(int returned) {
        return returned == -1 ? -caught.get(INT, ERRNO_OFFSET) : returned;
    }

    private long result(long returned) {
        return returned == -1 ? -caught.get(INT, ERRNO_OFFSET) : returned;
    }

    /// A function of the C library throws nothing; what comes here is a wrong descriptor or the end
    /// of the process.
    private static AssertionError impossible(Throwable thrown) {
        return new AssertionError("a downcall threw", thrown);
    }

    private static MethodHandle call(String name, MemoryLayout returns, MemoryLayout... arguments) {
        return handle(symbol(name), FunctionDescriptor.of(returns, arguments));
    }

    @SuppressWarnings("restricted") // this room is the one that may
    private static MethodHandle handle(MemorySegment symbol, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(symbol, descriptor, Linker.Option.captureCallState("errno"));
    }

    private static MemorySegment symbol(String name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment caught = arena.allocate(CAUGHT);
            MemorySegment cName = arena.allocateFrom(name);
            long address = (long) DLSYM.invokeExact(caught, RTLD_DEFAULT, cName);
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
