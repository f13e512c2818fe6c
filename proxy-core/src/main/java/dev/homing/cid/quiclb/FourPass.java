package dev.homing.cid.quiclb;

import dev.homing.quic.ConnectionIdWords;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// A Feistel network of four rounds over AES, for every length of server ID and nonce together but
/// 16 octets (sections 5.4.2 and 5.5.2).
///
/// ```
/// | server ID | nonce |   L octets (5..19)
/// |  left  |            H = ceil(L / 2) octets
///          |  right  |  H octets; if L is odd, both hold the middle octet: left its upper four
///                       bits, right its lower four, and the other four are 0
///
/// pass n   F(n, half) = the first H octets of AES( | half | 0 ... | L | n | )
///          octet                                     0 .. H-1       14  15
///
/// encrypting: right ^= F(1, left), left ^= F(2, right), right ^= F(3, left), left ^= F(4, right)
/// decrypting: the same passes backwards; the left half needs only 4, 3 and 2
/// ```
///
/// A half is two words. Its mask cuts it to H octets and to the four bits of the middle octet that
/// are its own; a pass is AES, XOR and mask.
final class FourPass implements ServerIdCipher {

    private static final int PASSES = 4;

    private final AesBlock aes;
    private final int bodyLength;
    private final int halfLength;

    /// Whether the server ID lies in the left half alone, so that pass 1 is not needed.
    private final boolean isInLeftHalf;

    private final long serverIdHighMask;
    private final long serverIdLowMask;
    private final long leftHighMask;
    private final long leftLowMask;
    private final long rightHighMask;
    private final long rightLowMask;

    private final ConnectionIdWords words = new ConnectionIdWords();
    private long leftHigh;
    private long leftLow;
    private long rightHigh;
    private long rightLow;

    FourPass(QuicLbFormat format, CidKey key) {
        aes = AesBlock.encrypting(key);
        bodyLength = format.bodyLength();
        halfLength = (bodyLength + 1) / 2;
        isInLeftHalf = format.serverIdLength() <= format.nonceLength();
        serverIdHighMask = TwoWords.highMask(format.serverIdLength());
        serverIdLowMask = TwoWords.lowMask(format.serverIdLength());
        boolean isOdd = bodyLength % 2 == 1;
        int lastOctet = halfLength - 1;
        long highNibble = isOdd && lastOctet < 8 ? 0x0fL << (56 - 8 * lastOctet) : 0;
        long lowNibble = isOdd && lastOctet >= 8 ? 0x0fL << (120 - 8 * lastOctet) : 0;
        leftHighMask = TwoWords.highMask(halfLength) & ~highNibble;
        leftLowMask = TwoWords.lowMask(halfLength) & ~lowNibble;
        rightHighMask = TwoWords.highMask(halfLength) & (isOdd ? -1L >>> 4 : -1L);
        rightLowMask = TwoWords.lowMask(halfLength);
    }

    @Override
    public void open(MemorySegment bytes, int offset) {
        split(bytes, offset);
        pass(4);
        pass(3);
        pass(2);
        if (!isInLeftHalf) {
            pass(1);
        }
    }

    /// Takes the halves apart.
    void split(MemorySegment bytes, int offset) {
        words.read(bytes, offset, halfLength, 0);
        leftHigh = words.first() & leftHighMask;
        leftLow = words.second() & leftLowMask;
        words.read(bytes, offset + bodyLength - halfLength, halfLength, 0);
        rightHigh = words.first() & rightHighMask;
        rightLow = words.second() & rightLowMask;
    }

    /// An odd pass changes the right half by the left, an even one the left by the right. Each
    /// undoes itself.
    void pass(int number) {
        long suffix = (long) bodyLength << 8 | number; // octets 14 and 15; a half ends before them
        if (number % 2 == 1) {
            aes.run(leftHigh, leftLow | suffix);
            rightHigh = (rightHigh ^ aes.high()) & rightHighMask;
            rightLow = (rightLow ^ aes.low()) & rightLowMask;
        } else {
            aes.run(rightHigh, rightLow | suffix);
            leftHigh = (leftHigh ^ aes.high()) & leftHighMask;
            leftLow = (leftLow ^ aes.low()) & leftLowMask;
        }
    }

    @Override
    public long high() {
        return (isInLeftHalf
                        ? leftHigh
                        : leftHigh | TwoWords.highMovedUp(rightHigh, bodyLength - halfLength))
                & serverIdHighMask;
    }

    @Override
    public long low() {
        return (isInLeftHalf
                        ? leftLow
                        : leftLow
                                | TwoWords.lowMovedUp(rightHigh, rightLow, bodyLength - halfLength))
                & serverIdLowMask;
    }

    @Override
    public byte[] openBody(MemorySegment bytes, int offset) {
        split(bytes, offset);
        for (int number = PASSES; number >= 1; number--) {
            pass(number);
        }
        byte[] body = new byte[bodyLength];
        join(body, 0);
        return body;
    }

    @Override
    public void seal(byte[] connectionId, int offset) {
        split(MemorySegment.ofArray(connectionId), offset);
        for (int number = 1; number <= PASSES; number++) {
            pass(number);
        }
        join(connectionId, offset);
    }

    private void join(byte[] into, int offset) {
        Arrays.fill(into, offset, offset + bodyLength, (byte) 0);
        int rightOffset = offset + bodyLength - halfLength;
        for (int i = 0; i < halfLength; i++) {
            into[offset + i] |= TwoWords.octet(leftHigh, leftLow, i);
            into[rightOffset + i] |= TwoWords.octet(rightHigh, rightLow, i);
        }
    }

    @Override
    public String algorithm() {
        return "four-pass";
    }

    /// For tests against the draft's worked example.
    byte[] left() {
        return half(leftHigh, leftLow);
    }

    byte[] right() {
        return half(rightHigh, rightLow);
    }

    private byte[] half(long high, long low) {
        byte[] half = new byte[halfLength];
        for (int i = 0; i < halfLength; i++) {
            half[i] = TwoWords.octet(high, low, i);
        }
        return half;
    }
}
