package dev.homing.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// pcapng (draft-ietf-opsawg-pcapng): blocks, of which those with frames are read, in sections that
/// have a byte order and interfaces of their own.
///
/// ```
/// block             | type (4) | length of all (4) | body, a multiple of 4 octets | length again (4) |
///
/// section header    | byte order magic (4) | major (2) | minor (2) | ...
/// interface         | link type (2) | 0 (2) | snap length (4) | options
/// packet, enhanced  | interface (4)             | time, high (4), low (4) | captured (4) | on the wire (4) | octets
/// packet, obsolete  | interface (2) | drops (2) | time, high (4), low (4) | captured (4) | on the wire (4) | octets
/// packet, simple    | on the wire (4) | octets, of the first interface
/// ```
final class PcapngFrames implements Frames {

    /// A palindrome, so that it shows before the byte order is known.
    private static final int SECTION = 0x0a0d0d0a;

    private static final int INTERFACE = 1;
    private static final int OBSOLETE = 2;
    private static final int SIMPLE = 3;
    private static final int ENHANCED = 6;

    private static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;
    private static final int OWN_BYTES = 12;
    private static final int PACKET_HEADER_BYTES = 20;
    private static final int MAJOR_VERSION = 1;

    private final FileOctets file;
    private final List<CaptureInterface> interfaces = new ArrayList<>();
    private long number;

    /// @param file at its beginning
    PcapngFrames(FileOctets file) {
        this.file = file;
    }

    /// @param magic the first four octets, big-endian
    static boolean isMagic(int magic) {
        return magic == SECTION;
    }

    @Override
    public Optional<Frame> next() throws IOException {
        while (!file.isAtEnd()) {
            int type = file.read(Integer.BYTES).getInt();
            switch (type) {
                case SECTION -> beginSection();
                case INTERFACE -> interfaces.add(CaptureInterface.of(body()));
                case ENHANCED -> {
                    ByteBuffer body = packet();
                    return Optional.of(frame(Integer.toUnsignedLong(body.getInt(0)), body));
                }
                case OBSOLETE -> {
                    ByteBuffer body = packet();
                    return Optional.of(frame(Short.toUnsignedInt(body.getShort(0)), body));
                }
                case SIMPLE -> {
                    return Optional.of(simpleFrame(body()));
                }
                default -> body(); // names, statistics, keys: nothing that was captured
            }
        }
        return Optional.empty();
    }

    private void beginSection() throws IOException {
        ByteBuffer start = file.read(2 * Integer.BYTES).order(ByteOrder.BIG_ENDIAN);
        if (start.getInt(Integer.BYTES) != BYTE_ORDER_MAGIC) {
            start.order(ByteOrder.LITTLE_ENDIAN);
        }
        if (start.getInt(Integer.BYTES) != BYTE_ORDER_MAGIC) {
            throw new IOException("a section has no byte order: the file is damaged");
        }
        file.setOrder(start.order());
        interfaces.clear();
        ByteBuffer rest = rest(start.getInt(0), Integer.BYTES);
        int major = rest.remaining() < Short.BYTES ? 0 : Short.toUnsignedInt(rest.getShort(0));
        if (major != MAJOR_VERSION) {
            throw new IOException(
                    "a section is of version %d, which is not known".formatted(major));
        }
    }

    /// The body of a block whose type was read.
    private ByteBuffer body() throws IOException {
        return rest(file.read(Integer.BYTES).getInt(), 0);
    }

    /// @param total the length that the block gives for itself
    /// @param read octets of the body that were read already
    private ByteBuffer rest(int total, int read) throws IOException {
        if (total < OWN_BYTES + read || total > FileOctets.PIECE_MAX || total % 4 != 0) {
            throw new IOException(
                    "a block is said to have %d octets: the file is damaged"
                            .formatted(Integer.toUnsignedLong(total)));
        }
        ByteBuffer body = file.read(total - OWN_BYTES - read);
        if (file.read(Integer.BYTES).getInt() != total) {
            throw new IOException("a block's two lengths disagree: the file is damaged");
        }
        return body;
    }

    private ByteBuffer packet() throws IOException {
        ByteBuffer body = body();
        if (body.capacity() < PACKET_HEADER_BYTES) {
            throw shortBlock();
        }
        return body;
    }

    private Frame frame(long interfaceIndex, ByteBuffer body) throws IOException {
        CaptureInterface from = interfaceOf(interfaceIndex);
        long captured = Integer.toUnsignedLong(body.getInt(12));
        if (captured > body.capacity() - PACKET_HEADER_BYTES) {
            throw shortBlock();
        }
        return new Frame(
                number,
                OptionalLong.of(from.nanos(body.getInt(4), body.getInt(8))),
                from.linkType(),
                octets(body, PACKET_HEADER_BYTES, (int) captured));
    }

    private Frame simpleFrame(ByteBuffer body) throws IOException {
        if (body.capacity() < Integer.BYTES) {
            throw shortBlock();
        }
        CaptureInterface from = interfaceOf(0);
        // The captured length is not there: it follows from the others, without the padding.
        long captured = Integer.toUnsignedLong(body.getInt(0));
        if (from.snapLength() != 0) {
            captured = Math.min(captured, from.snapLength());
        }
        captured = Math.min(captured, body.capacity() - Integer.BYTES);
        return new Frame(
                number,
                OptionalLong.empty(),
                from.linkType(),
                octets(body, Integer.BYTES, (int) captured));
    }

    private CaptureInterface interfaceOf(long index) throws IOException {
        number++;
        if (index >= interfaces.size()) {
            throw new IOException(
                    "frame %d is of an interface that is not described: the file is damaged"
                            .formatted(number));
        }
        return interfaces.get((int) index);
    }

    private static byte[] octets(ByteBuffer body, int offset, int count) {
        byte[] octets = new byte[count];
        body.get(offset, octets);
        return octets;
    }

    private static IOException shortBlock() {
        return new IOException("a block is too short for what it holds: the file is damaged");
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
