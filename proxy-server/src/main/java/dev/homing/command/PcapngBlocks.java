package dev.homing.command;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Takes pcapng apart as it comes, block by block, so that whatever ends it leaves a valid file.
///
/// ```
/// block   | type (4) | length of all (4) | body | length again (4) |      little-endian, as the instance writes
/// ```
final class PcapngBlocks {

    private static final int PACKET = 6;
    private static final int STATISTICS = 5;
    private static final int HEADER_BYTES = 8;
    private static final int BLOCK_MAX_BYTES = 1 << 20;
    private static final int STATISTICS_BODY_BYTES = 12;

    private static final int RECEIVED = 4;
    private static final int DROPPED = 5;

    private final DataInputStream in;
    private long packets;
    private long received;
    private long lost;
    private boolean isComplete;

    PcapngBlocks(InputStream in) {
        this.in = new DataInputStream(in);
    }

    /// The next block, whole.
    ///
    /// @throws IOException with a sentence when there is none: the last one is that after which
    ///   [#isComplete]
    byte[] next() throws IOException {
        byte[] header = read(HEADER_BYTES);
        ByteBuffer fields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
        int type = fields.getInt();
        int length = fields.getInt();
        if (length < HEADER_BYTES + Integer.BYTES || length > BLOCK_MAX_BYTES) {
            throw new IOException("what the instance sends is no pcapng. Is it Homing?");
        }
        byte[] rest = read(length - HEADER_BYTES);
        byte[] block = ByteBuffer.allocate(length).put(header).put(rest).array();
        if (type == STATISTICS) {
            readStatistics(ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN));
        }
        packets += type == PACKET ? 1 : 0;
        return block;
    }

    private byte[] read(int count) throws IOException {
        byte[] octets = new byte[count];
        try {
            in.readFully(octets);
            return octets;
        } catch (IOException e) {
            throw new IOException(
                    "the capture ended before its time: the instance has stopped, or the connection to it broke.",
                    e);
        }
    }

    /// Whether nothing more is there yet.
    boolean isWaiting() throws IOException {
        return in.available() == 0;
    }

    /// The last block: how many records there were, and how many had no room.
    private void readStatistics(ByteBuffer block) {
        int at = HEADER_BYTES + STATISTICS_BODY_BYTES;
        while (at + Integer.BYTES + Long.BYTES <= block.capacity() - Integer.BYTES) {
            int code = block.getShort(at);
            if (code == RECEIVED) {
                received = block.getLong(at + Integer.BYTES);
            } else if (code == DROPPED) {
                lost = block.getLong(at + Integer.BYTES);
            }
            at += Integer.BYTES + Long.BYTES;
        }
        isComplete = true;
    }

    long packets() {
        return packets;
    }

    /// Records that should be there, a train being one.
    long received() {
        return received;
    }

    /// Of those, the ones that are not.
    long lost() {
        return lost;
    }

    /// Whether the trace came to its end.
    boolean isComplete() {
        return isComplete;
    }
}
