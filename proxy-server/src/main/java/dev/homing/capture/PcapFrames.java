package dev.homing.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.OptionalLong;

/// Classic pcap (draft-ietf-opsawg-pcap).
///
/// ```
/// file    | magic (4) | major (2) | minor (2) | 0 (8) | snap length (4) | flags (2), link type (2) |
/// record  | seconds (4) | fraction (4) | captured (4) | on the wire (4) | captured octets ...
///
/// magic   a1b2c3d4: the fraction is microseconds; a1b23c4d: nanoseconds; in the writer's byte order
/// ```
final class PcapFrames implements Frames {

    private static final int MICROSECONDS = 0xa1b2c3d4;
    private static final int NANOSECONDS = 0xa1b23c4d;
    private static final int HEADER_BYTES = 24;
    private static final int RECORD_HEADER_BYTES = 16;
    private static final int LINK_TYPE_OFFSET = 20;
    private static final int LINK_TYPE_BITS = 0xffff;
    private static final long NANOS_A_SECOND = 1_000_000_000L;

    private final FileOctets file;
    private final long nanosOfFraction;
    private final int linkType;
    private long number;

    /// @param file at its beginning
    PcapFrames(FileOctets file) throws IOException {
        this.file = file;
        ByteBuffer header = file.read(HEADER_BYTES);
        int magic = header.getInt(0);
        if (magic != MICROSECONDS && magic != NANOSECONDS) {
            file.setOrder(ByteOrder.LITTLE_ENDIAN);
            header.order(ByteOrder.LITTLE_ENDIAN);
        }
        nanosOfFraction = header.getInt(0) == NANOSECONDS ? 1 : 1000;
        // The flags tell how many octets of checksum end each frame: nothing reads so far.
        linkType = header.getInt(LINK_TYPE_OFFSET) & LINK_TYPE_BITS;
    }

    /// @param magic the first four octets, big-endian
    static boolean isMagic(int magic) {
        int reversed = Integer.reverseBytes(magic);
        return magic == MICROSECONDS
                || magic == NANOSECONDS
                || reversed == MICROSECONDS
                || reversed == NANOSECONDS;
    }

    @Override
    public Optional<Frame> next() throws IOException {
        if (file.isAtEnd()) {
            return Optional.empty();
        }
        ByteBuffer header = file.read(RECORD_HEADER_BYTES);
        long seconds = Integer.toUnsignedLong(header.getInt());
        long fraction = Integer.toUnsignedLong(header.getInt());
        long captured = Integer.toUnsignedLong(header.getInt());
        number++;
        if (captured > FileOctets.PIECE_MAX) {
            throw new IOException(
                    "frame %d is said to have %d octets: the file is damaged"
                            .formatted(number, captured));
        }
        byte[] octets = file.octets((int) captured);
        return Optional.of(
                new Frame(
                        number,
                        OptionalLong.of(seconds * NANOS_A_SECOND + fraction * nanosOfFraction),
                        linkType,
                        octets));
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
