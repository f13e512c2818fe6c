package dev.homing.linux.steering;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/// Writes a classic BPF program (Linux: Documentation/networking/filter.rst), one instruction after
/// the other. The machine has an accumulator A, an index register X, and 16 words of scratch memory
/// M; loads from the packet are big-endian.
///
/// Conditional jumps reach only 255 instructions, so that here they only ever skip an unconditional
/// one.
final class BpfAssembler {

    /// linux/filter.h, struct sock_filter, in the machine's order of octets:
    ///
    /// ```
    /// | code (2) | jt (1) | jf (1) | k (4) |
    /// ```
    private record Instruction(int code, int jt, int jf, int k) {
        static final int SIZEOF = 8;

        void write(MemorySegment to, long offset) {
            to.set(ValueLayout.JAVA_SHORT, offset, (short) code);
            to.set(ValueLayout.JAVA_BYTE, offset + 2, (byte) jt);
            to.set(ValueLayout.JAVA_BYTE, offset + 3, (byte) jf);
            to.set(ValueLayout.JAVA_INT, offset + 4, k);
        }
    }

    /// A place in the program, to be jumped to before or after it is known.
    static final class Label {
        private final List<Integer> jumps = new ArrayList<>();
    }

    // linux/bpf_common.h
    private static final int LD = 0x00;
    private static final int ST = 0x02;
    private static final int ALU = 0x04;
    private static final int JMP = 0x05;
    private static final int RET = 0x06;
    private static final int MISC = 0x07;
    private static final int W = 0x00;
    private static final int H = 0x08;
    private static final int B = 0x10;
    private static final int IMM = 0x00;
    private static final int ABS = 0x20;
    private static final int MEM = 0x60;
    private static final int LEN = 0x80;
    private static final int MUL = 0x20;
    private static final int RSH = 0x70;
    private static final int MOD = 0x90;
    private static final int XOR = 0xa0;
    private static final int JA = 0x00;
    private static final int JEQ = 0x10;
    private static final int JGE = 0x30;
    private static final int JSET = 0x40;
    private static final int X = 0x08;
    private static final int RET_A = 0x10;
    private static final int TAX = 0x00;

    private final List<Instruction> instructions = new ArrayList<>();

    /// A = value.
    BpfAssembler load(int value) {
        return add(LD | W | IMM, value);
    }

    /// A = the length of the packet.
    BpfAssembler loadLength() {
        return add(LD | W | LEN, 0);
    }

    /// A = the octets of the packet at an offset.
    ///
    /// @param octets 1, 2 or 4
    BpfAssembler loadPacket(int offset, int octets) {
        int size =
                switch (octets) {
                    case 1 -> B;
                    case 2 -> H;
                    case 4 -> W;
                    default -> throw new IllegalArgumentException("no load of " + octets);
                };
        return add(LD | size | ABS, offset);
    }

    /// A = M[0].
    BpfAssembler recall() {
        return add(LD | W | MEM, 0);
    }

    /// M[0] = A.
    BpfAssembler store() {
        return add(ST, 0);
    }

    /// X = A.
    BpfAssembler toIndex() {
        return add(MISC | TAX, 0);
    }

    /// A = A xor X.
    BpfAssembler xorIndex() {
        return add(ALU | XOR | X, 0);
    }

    /// A = A times value, of which the lower 32 bits.
    BpfAssembler multiply(int value) {
        return add(ALU | MUL, value);
    }

    /// A = A shifted right, filled with zeroes.
    BpfAssembler shiftRight(int bits) {
        return add(ALU | RSH, bits);
    }

    /// A = the rest of A, unsigned, divided by value.
    BpfAssembler remainder(int value) {
        return add(ALU | MOD, value);
    }

    /// Ends with A.
    BpfAssembler returnAccumulator() {
        return add(RET | RET_A, 0);
    }

    /// Ends with a value.
    BpfAssembler returnValue(int value) {
        return add(RET, value);
    }

    /// Goes on at a label if A is the value.
    BpfAssembler ifEqual(int value, Label to) {
        return conditional(JEQ, value, 0, 1).jump(to);
    }

    /// Goes on at a label if A, unsigned, is less than the value.
    BpfAssembler ifLess(int value, Label to) {
        return conditional(JGE, value, 1, 0).jump(to);
    }

    /// Goes on at a label if A has one of the value's bits.
    BpfAssembler ifAnyBit(int value, Label to) {
        return conditional(JSET, value, 0, 1).jump(to);
    }

    /// Goes on at a label that comes later.
    BpfAssembler jump(Label to) {
        to.jumps.add(instructions.size());
        return add(JMP | JA, 0);
    }

    /// A label is here.
    BpfAssembler place(Label label) {
        for (int from : label.jumps) {
            instructions.set(from, new Instruction(JMP | JA, 0, 0, instructions.size() - from - 1));
        }
        return this;
    }

    int length() {
        return instructions.size();
    }

    /// The program, as an array of `struct sock_filter`.
    MemorySegment assemble(SegmentAllocator memory) {
        MemorySegment program =
                memory.allocate((long) Instruction.SIZEOF * length(), Instruction.SIZEOF);
        for (int i = 0; i < length(); i++) {
            instructions.get(i).write(program, (long) Instruction.SIZEOF * i);
        }
        return program;
    }

    private BpfAssembler conditional(int test, int value, int ifTrue, int ifFalse) {
        instructions.add(new Instruction(JMP | test, ifTrue, ifFalse, value));
        return this;
    }

    private BpfAssembler add(int code, int k) {
        instructions.add(new Instruction(code, 0, 0, k));
        return this;
    }
}
