package dev.homing.linux.steering;

import dev.homing.linux.steering.BpfAssembler.Label;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;

/// The program that gives all datagrams with one connection ID to one socket, whichever header they
/// have and address they come from.
///
/// ```
/// payload  | 1... long header | version (4) | DCID length | DCID ...      offset 6
///          | 0... short header | DCID ...                                 offset 1
///
/// first three bits of the DCID ─► so many octets of it ─► keyed hash ─► mod sockets
/// ```
///
/// Only octets that belong to the connection ID are hashed, and all that are known to: neither a
/// QUIC-LB connection ID's first octet nor its server ID is random. What has no such octets gets an
/// index that no socket has, whereupon the kernel falls back to its hash of the flow (a load past
/// the end would end the program with 0, and give all of it to the first socket).
public final class SteeringProgram {

    /// Larger than any number of sockets: the kernel chooses by flow.
    private static final int BY_FLOW = -1;

    private static final int LONG_HEADER = 0x80;
    private static final int DCID_LENGTH_OFFSET = 5;
    private static final int LONG_DCID_OFFSET = 6;
    private static final int SHORT_DCID_OFFSET = 1;
    private static final int ROTATION_SHIFT = 5;
    private static final int ROTATIONS = 8;

    /// A client chooses at least as many octets for its first connection ID (RFC 9000 section 7.2).
    private static final int MIN_FIRST_CONNECTION_ID = 8;

    // Odd numbers whose bits look random: those of MurmurHash3's finalizer, and of xxHash.
    private static final int FIRST_FACTOR = 0x85ebca6b;
    private static final int SECOND_FACTOR = 0xc2b2ae35;
    private static final int WORD_FACTOR = 0x9e3779b1;

    private final BpfAssembler code = new BpfAssembler();
    private final Label byFlow = new Label();
    private final SteeringLayout layout;
    private final int sockets;
    private final int key;

    /// @param sockets how many share the port
    /// @param key which nobody else knows, lest strangers choose the socket
    public SteeringProgram(SteeringLayout layout, int sockets, int key) {
        this.layout = layout;
        this.sockets = sockets;
        this.key = key;
        write();
    }

    /// How many instructions it has.
    public int length() {
        return code.length();
    }

    /// The program as the kernel takes it, an array of `struct sock_filter`.
    public MemorySegment assemble(SegmentAllocator memory) {
        return code.assemble(memory);
    }

    private void write() {
        Label isLong = new Label();
        code.loadLength().ifLess(SHORT_DCID_OFFSET + 1, byFlow);
        code.loadPacket(0, 1).ifAnyBit(LONG_HEADER, isLong);
        writeByRotation(SHORT_DCID_OFFSET);
        code.place(isLong);
        code.loadLength().ifLess(LONG_DCID_OFFSET + 1, byFlow);
        writeByRotation(LONG_DCID_OFFSET);
        code.place(byFlow).returnValue(BY_FLOW);
    }

    private void writeByRotation(int offset) {
        int[] lengths = layout.lengths();
        Label[] blocks = new Label[lengths.length];
        code.loadPacket(offset, 1).shiftRight(ROTATION_SHIFT);
        for (int i = 0; i < lengths.length; i++) {
            blocks[i] = new Label();
            for (int rotation = 0; rotation < ROTATIONS; rotation++) {
                if (layout.octets(rotation) == lengths[i]) {
                    code.ifEqual(rotation, blocks[i]);
                }
            }
        }
        code.jump(byFlow);
        for (int i = 0; i < lengths.length; i++) {
            code.place(blocks[i]);
            if (offset == LONG_DCID_OFFSET) {
                writeLong(lengths[i]);
            } else {
                writeHash(offset, lengths[i]);
            }
        }
    }

    /// A longer connection ID than the servers' is a client's choice, of which as much is hashed as
    /// of a server's; of a shorter one, what every client's has.
    private void writeLong(int octets) {
        Label isShorter = new Label();
        code.loadPacket(DCID_LENGTH_OFFSET, 1).ifLess(octets, isShorter);
        writeHash(LONG_DCID_OFFSET, octets);
        code.place(isShorter);
        if (octets > MIN_FIRST_CONNECTION_ID) {
            code.loadPacket(DCID_LENGTH_OFFSET, 1).ifLess(MIN_FIRST_CONNECTION_ID, byFlow);
            writeHash(LONG_DCID_OFFSET, MIN_FIRST_CONNECTION_ID);
        } else {
            code.jump(byFlow);
        }
    }

    /// For each word of the connection ID: hash = mix((hash ^ word) * factor).
    private void writeHash(int offset, int octets) {
        code.loadLength().ifLess(offset + octets, byFlow);
        code.load(key);
        int done = 0;
        while (done < octets) {
            int size = Math.min(Integer.BYTES, Integer.highestOneBit(octets - done));
            code.store().loadPacket(offset + done, size).toIndex().recall().xorIndex();
            code.multiply(WORD_FACTOR);
            foldRight(15);
            done += size;
        }
        code.multiply(FIRST_FACTOR);
        foldRight(13);
        code.multiply(SECOND_FACTOR);
        foldRight(16);
        code.remainder(sockets).returnAccumulator();
    }

    /// A = A ^ A >>> bits.
    private void foldRight(int bits) {
        code.store().shiftRight(bits).toIndex().recall().xorIndex();
    }
}
