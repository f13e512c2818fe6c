package dev.homing.kit;

import dev.homing.quic.ConnectionIdWords;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;

/// A connection ID as a value, fit to be the key of a map.
public final class Cid {

    public static final Cid EMPTY = new Cid(new byte[0]);

    private final byte[] octets;

    private Cid(byte[] octets) {
        this.octets = octets;
    }

    public static Cid of(byte... octets) {
        return new Cid(octets.clone());
    }

    /// @param hex digits, two an octet
    public static Cid of(String hex) {
        return new Cid(HexFormat.of().parseHex(hex));
    }

    public static Cid random(SplittableRandom random, int length) {
        byte[] octets = new byte[length];
        random.nextBytes(octets);
        return new Cid(octets);
    }

    /// As a server might that numbers its connections: the last octets count, the others are 0.
    public static Cid numbered(int number, int length) {
        byte[] octets = new byte[length];
        for (int i = 0; i < Math.min(length, Integer.BYTES); i++) {
            octets[length - 1 - i] = (byte) (number >>> 8 * i);
        }
        return new Cid(octets);
    }

    public byte[] octets() {
        return octets.clone();
    }

    public int length() {
        return octets.length;
    }

    /// As the tables take it.
    public ConnectionIdWords words(int pool) {
        ConnectionIdWords words = new ConnectionIdWords();
        words.read(MemorySegment.ofArray(octets), 0, octets.length, pool);
        return words;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cid cid && Arrays.equals(octets, cid.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(octets);
    }
}
