package dev.homing.linux;

import dev.homing.datagram.DatagramBatch;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// The memory that recvmmsg(2) and sendmmsg(2) work on: entries that each point to a payload, a
/// name and control messages of their own. Who owns it fills in lengths and payloads; the pointers
/// in between never change.
///
/// ```
/// entries   64 x struct mmsghdr {                         64 octets each
///                  0  void *msg_name         -> names
///                  8  u32 msg_namelen
///                 16  struct iovec *msg_iov  -> payloads
///                 24  size_t msg_iovlen = 1
///                 32  void *msg_control      -> controls
///                 40  size_t msg_controllen
///                 48  int msg_flags
///                 56  unsigned msg_len }
/// payloads  64 x struct iovec { 0 void *iov_base; 8 size_t iov_len }
/// names     64 x 32 octets, room for a struct sockaddr_in6
/// controls  64 x 128 octets, see ControlMessages
/// ```
///
/// One thread.
final class MessageVector {

    static final int CAPACITY = DatagramBatch.CAPACITY;

    static final int SIZEOF_MMSGHDR = 64;
    static final int MSG_NAME = 0;
    static final int MSG_NAMELEN = 8;
    static final int MSG_IOV = 16;
    static final int MSG_IOVLEN = 24;
    static final int MSG_CONTROL = 32;
    static final int MSG_CONTROLLEN = 40;
    static final int MSG_FLAGS = 48;
    static final int MSG_LEN = 56;

    static final int SIZEOF_IOVEC = 16;
    static final int IOV_BASE = 0;
    static final int IOV_LEN = 8;

    static final int NAME_BYTES = 32;

    private static final long PAYLOADS = (long) CAPACITY * SIZEOF_MMSGHDR;
    private static final long NAMES = PAYLOADS + (long) CAPACITY * SIZEOF_IOVEC;
    private static final long CONTROLS = NAMES + (long) CAPACITY * NAME_BYTES;
    private static final long BYTES = CONTROLS + (long) CAPACITY * ControlMessages.CAPACITY_BYTES;

    private static final int CACHE_LINE = 64;

    private final MemorySegment memory = Arena.ofAuto().allocate(BYTES, CACHE_LINE);

    MessageVector() {
        for (int i = 0; i < CAPACITY; i++) {
            long entry = entry(i);
            memory.set(CTypes.WORD, entry + MSG_NAME, memory.address() + name(i));
            memory.set(CTypes.WORD, entry + MSG_IOV, memory.address() + payload(i));
            memory.set(CTypes.WORD, entry + MSG_IOVLEN, 1);
            memory.set(CTypes.WORD, entry + MSG_CONTROL, memory.address() + control(i));
        }
    }

    /// All of it; the offsets below are into this.
    MemorySegment memory() {
        return memory;
    }

    /// What the system calls take.
    long address(int index) {
        return memory.address() + entry(index);
    }

    static long entry(int index) {
        return (long) index * SIZEOF_MMSGHDR;
    }

    static long payload(int index) {
        return PAYLOADS + (long) index * SIZEOF_IOVEC;
    }

    static long name(int index) {
        return NAMES + (long) index * NAME_BYTES;
    }

    static long control(int index) {
        return CONTROLS + (long) index * ControlMessages.CAPACITY_BYTES;
    }

    void setPayload(int index, long address, long length) {
        memory.set(CTypes.WORD, payload(index) + IOV_BASE, address);
        memory.set(CTypes.WORD, payload(index) + IOV_LEN, length);
    }

    /// Octets to be sent.
    int payloadBytes(int index) {
        return (int) memory.get(CTypes.WORD, payload(index) + IOV_LEN);
    }

    void setNameLength(int index, int length) {
        memory.set(CTypes.INT, entry(index) + MSG_NAMELEN, length);
    }

    void setControlLength(int index, int length) {
        memory.set(CTypes.WORD, entry(index) + MSG_CONTROLLEN, length);
    }

    long controlLength(int index) {
        return memory.get(CTypes.WORD, entry(index) + MSG_CONTROLLEN);
    }

    int flags(int index) {
        return memory.get(CTypes.INT, entry(index) + MSG_FLAGS);
    }

    /// Octets received.
    int length(int index) {
        return memory.get(CTypes.INT, entry(index) + MSG_LEN);
    }
}
