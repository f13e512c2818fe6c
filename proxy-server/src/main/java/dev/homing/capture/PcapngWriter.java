package dev.homing.capture;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Writes what [PcapngFrames] reads, for Wireshark and tshark: pcapng (draft-ietf-opsawg-pcapng),
/// little-endian, with times in nanoseconds.
///
/// ```
/// section header       | magic (4) | 1 (2) | 0 (2) | -1: length unknown (8) | options
/// interface            | link type (2) | 0 (2) | 0: no limit (4) | options
/// packet, enhanced     | interface (4) | time, high (4), low (4) | captured (4) | on the wire (4) | octets | options
/// interface statistics | interface (4) | time, high (4), low (4) | options
/// option               | code (2) | length (2) | value, padded to 4 octets |
/// ```
///
/// Each block is given to the stream in one piece, so that what ends between two blocks is a valid
/// file. One thread.
public final class PcapngWriter {

    /// Frames that begin with an IP header (LINKTYPE_RAW of tcpdump.org).
    public static final int LINKTYPE_RAW = 101;

    private static final int SECTION = 0x0a0d0d0a;
    private static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;
    private static final int INTERFACE = 1;
    private static final int ENHANCED = 6;
    private static final int STATISTICS = 5;

    private static final int COMMENT = 1;
    private static final int SECTION_APPLICATION = 4;
    private static final int INTERFACE_NAME = 2;
    private static final int INTERFACE_DESCRIPTION = 3;
    private static final int INTERFACE_TIME_RESOLUTION = 9;
    private static final byte NANOSECONDS = 9;
    private static final int PACKET_FLAGS = 2;
    private static final int STATISTICS_RECEIVED = 4;
    private static final int STATISTICS_DROPPED = 5;

    /// Type and length before the body, and the length again behind it.
    private static final int OWN_BYTES = 12;

    private static final int OPTION_MAX_BYTES = 0xffff;

    /// Which way a packet went, in the lower bits of its flags.
    public enum Direction {
        INBOUND(1),
        OUTBOUND(2);

        private final int bits;

        Direction(int bits) {
            this.bits = bits;
        }
    }

    private final OutputStream out;
    private ByteBuffer block = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);

    public PcapngWriter(OutputStream out) {
        this.out = out;
    }

    /// Begins the file.
    ///
    /// @param application what wrote it
    public void section(String application) throws IOException {
        begin(SECTION, application.length() * 3);
        block.putInt(BYTE_ORDER_MAGIC).putShort((short) 1).putShort((short) 0).putLong(-1);
        option(SECTION_APPLICATION, application);
        end();
    }

    /// Describes an interface; the first one is number 0.
    public void addInterface(int linkType, String name, String description) throws IOException {
        begin(INTERFACE, 3 * (name.length() + description.length()));
        block.putShort((short) linkType).putShort((short) 0).putInt(0);
        option(INTERFACE_NAME, name);
        option(INTERFACE_DESCRIPTION, description);
        option(INTERFACE_TIME_RESOLUTION, new byte[] {NANOSECONDS});
        end();
    }

    /// @param onInterface its number
    /// @param nanos since the beginning of 1970
    /// @param octets that were captured
    /// @param lengthBytes that the frame had
    /// @param comment one line for people
    public void packet(
            int onInterface,
            long nanos,
            byte[] octets,
            int lengthBytes,
            Direction direction,
            String comment)
            throws IOException {
        begin(ENHANCED, octets.length + 3 * comment.length());
        time(onInterface, nanos);
        block.putInt(octets.length).putInt(lengthBytes).put(octets);
        pad();
        block.putShort((short) PACKET_FLAGS).putShort((short) Integer.BYTES).putInt(direction.bits);
        option(COMMENT, comment);
        end();
    }

    /// Says at the end what there was.
    ///
    /// @param dropped packets that should be in the file and are not
    public void statistics(int onInterface, long nanos, long received, long dropped)
            throws IOException {
        begin(STATISTICS, 0);
        time(onInterface, nanos);
        block.putShort((short) STATISTICS_RECEIVED).putShort((short) Long.BYTES).putLong(received);
        block.putShort((short) STATISTICS_DROPPED).putShort((short) Long.BYTES).putLong(dropped);
        end();
    }

    /// @param variableBytes at most, of texts and octets
    private void begin(int type, int variableBytes) {
        int room = variableBytes + 128;
        if (block.capacity() < room) {
            block = ByteBuffer.allocate(2 * room).order(ByteOrder.LITTLE_ENDIAN);
        }
        block.clear().putInt(type).putInt(0);
    }

    private void time(int onInterface, long nanos) {
        block.putInt(onInterface).putInt((int) (nanos >>> Integer.SIZE)).putInt((int) nanos);
    }

    private void option(int code, String text) {
        option(code, text.getBytes(StandardCharsets.UTF_8));
    }

    private void option(int code, byte[] value) {
        if (value.length > OPTION_MAX_BYTES) {
            throw new IllegalArgumentException("an option of " + value.length + " octets");
        }
        block.putShort((short) code).putShort((short) value.length).put(value);
        pad();
    }

    /// Blocks begin at a multiple of 4 octets, and so do options.
    private void pad() {
        while (block.position() % 4 != 0) {
            block.put((byte) 0);
        }
    }

    private void end() throws IOException {
        if (block.position() > OWN_BYTES) {
            block.putInt(0); // opt_endofopt
        }
        int length = block.position() + Integer.BYTES;
        block.putInt(length).putInt(Integer.BYTES, length);
        out.write(block.array(), 0, length);
    }
}
