package dev.homing.capture;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The octets of a file, one piece after the other, in the byte order of the machine that wrote it.
final class FileOctets implements Closeable {

    /// More than any frame or block has; what is said to be longer is damage.
    static final int PIECE_MAX = 16 << 20;

    private final InputStream in;
    private ByteOrder order = ByteOrder.BIG_ENDIAN;

    FileOctets(InputStream in) {
        this.in = in;
    }

    void setOrder(ByteOrder order) {
        this.order = order;
    }

    /// Whether there is nothing more. Asks before a record, where a file may end.
    boolean isAtEnd() throws IOException {
        in.mark(1);
        int next = in.read();
        in.reset();
        return next < 0;
    }

    /// @throws IOException if the file ends before
    byte[] octets(int count) throws IOException {
        byte[] octets = in.readNBytes(count);
        if (octets.length < count) {
            throw new EOFException("the file ends in the middle of a record");
        }
        return octets;
    }

    /// The same to be read in the byte order.
    ByteBuffer read(int count) throws IOException {
        return ByteBuffer.wrap(octets(count)).order(order);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
