package dev.homing.linux;

import dev.homing.datagram.Address;
import java.lang.foreign.MemorySegment;

/// Reads the errors that a socket has collected (IP_RECVERR in ip(7)): what the network reported
/// about datagrams sent long ago, as ICMP, and what this machine refused by itself.
///
/// ```
/// control message SOL_IP IP_RECVERR or SOL_IPV6 IPV6_RECVERR:
/// struct sock_extended_err { u32 ee_errno; u8 ee_origin; u8 ee_type; u8 ee_code; u8 pad; u32 ee_info; u32 ee_data; }
///                            0             4
/// ```
///
/// One thread.
public final class ErrorQueue {

    // bits/socket.h
    private static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_ERRQUEUE = 0x2000;

    // linux/errqueue.h
    private static final int EE_ORIGIN = 4;
    private static final int SO_EE_ORIGIN_ICMP = 2;
    private static final int SO_EE_ORIGIN_ICMP6 = 3;

    /// Errors read in one go, so that a flood of them cannot hold the thread.
    private static final int BOUND = 64;

    /// Told of what the network reports.
    public interface Reports {

        /// @param address that could not be reached; valid during the call
        void unreachable(Address address);
    }

    private static final Reports TO_NOBODY = address -> {};

    private final Address address = new Address();
    private final Syscalls syscalls;
    private final MessageVector vector = new MessageVector();

    public ErrorQueue(Syscalls syscalls) {
        this.syscalls = syscalls;
    }

    /// Takes the errors out of a socket's queue, up to a bound, which also clears the pending error
    /// of the socket.
    ///
    /// @return how many of them came from the network
    public int drain(UdpSocket socket) {
        return drain(socket, TO_NOBODY);
    }

    /// The same, and tells whom each was about.
    public int drain(UdpSocket socket, Reports reports) {
        int fromNetwork = 0;
        for (int i = 0; i < BOUND; i++) {
            vector.setPayload(0, 0, 0); // the datagram that the error is about is of no interest
            vector.setNameLength(0, MessageVector.NAME_BYTES);
            vector.setControlLength(0, ControlMessages.CAPACITY_BYTES);
            long result =
                    syscalls.recvmsg(socket.fd(), vector.address(0), MSG_ERRQUEUE | MSG_DONTWAIT);
            if (result < 0) {
                return fromNetwork;
            }
            if (isFromNetwork()) {
                fromNetwork++;
                // recvmsg(2), MSG_ERRQUEUE: the original destination is in msg_name.
                SocketAddress.read(vector.memory(), MessageVector.name(0), address);
                reports.unreachable(address);
            }
        }
        return fromNetwork;
    }

    private boolean isFromNetwork() {
        MemorySegment memory = vector.memory();
        long at = MessageVector.control(0);
        long end = at + vector.controlLength(0);
        while (at + ControlMessages.CMSG_DATA <= end) {
            long bytes = memory.get(CTypes.WORD, at);
            if (bytes < ControlMessages.CMSG_DATA) {
                return false;
            }
            if (ControlMessages.isReceivedError(memory, at)) {
                int origin = memory.get(CTypes.U8, at + ControlMessages.CMSG_DATA + EE_ORIGIN);
                return origin == SO_EE_ORIGIN_ICMP || origin == SO_EE_ORIGIN_ICMP6;
            }
            at += ControlMessages.align(bytes);
        }
        return false;
    }
}
