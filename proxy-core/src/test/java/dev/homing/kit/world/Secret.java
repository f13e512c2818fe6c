package dev.homing.kit.world;

import dev.homing.kit.Cid;
import dev.homing.kit.Place;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// What only the ends of a connection can read: it stands at the end of each of their datagrams,
/// where encrypted octets would be, and says what must be true if Homing did its work.
///
/// @param connection number of the connection in its world
/// @param sequence from the client: grows with each datagram of the connection; from the server:
///   that of the datagram which it answers
/// @param client from the client: where it sends from; from the server: whom it thinks it writes to
/// @param ecn the mark that the datagram was sent with
/// @param token the client has been told so by a Retry
/// @param seen from the server: the destination connection ID that it saw last
/// @param issued from the server: a new connection ID, or none (NEW_CONNECTION_ID)
record Secret(
        int connection, int sequence, Place client, int ecn, boolean token, Cid seen, Cid issued) {

    private static final int MAGIC = 0x51756963;
    private static final int CID_BYTES = 1 + 20;
    static final int BYTES = 3 * 4 + 20 + 2 + 2 * CID_BYTES + 4;

    /// The datagram with the secret behind the header.
    byte[] seal(byte[] header) {
        ByteBuffer octets = ByteBuffer.allocate(header.length + BYTES);
        octets.put(header).putInt(MAGIC).putInt(connection).putInt(sequence);
        octets.putLong(client.high()).putLong(client.low()).putInt(client.port());
        octets.put((byte) ecn).put((byte) (token ? 1 : 0));
        put(octets, seen);
        put(octets, issued);
        return octets.putInt(checksum(octets.array())).array();
    }

    /// Null when the datagram has no secret, or is damaged.
    static @Nullable Secret open(byte[] datagram) {
        if (datagram.length < BYTES) {
            return null;
        }
        ByteBuffer octets = ByteBuffer.wrap(datagram, datagram.length - BYTES, BYTES);
        if (octets.getInt() != MAGIC
                || ByteBuffer.wrap(datagram).getInt(datagram.length - 4) != checksum(datagram)) {
            return null;
        }
        return new Secret(
                octets.getInt(),
                octets.getInt(),
                new Place(octets.getLong(), octets.getLong(), octets.getInt()),
                octets.get(),
                octets.get() == 1,
                getCid(octets),
                getCid(octets));
    }

    private static int checksum(byte[] datagram) {
        CRC32 checksum = new CRC32();
        checksum.update(datagram, 0, datagram.length - 4);
        return (int) checksum.getValue();
    }

    private static void put(ByteBuffer octets, Cid cid) {
        octets.put((byte) cid.length()).put(Arrays.copyOf(cid.octets(), CID_BYTES - 1));
    }

    private static Cid getCid(ByteBuffer octets) {
        int length = octets.get();
        byte[] padded = new byte[CID_BYTES - 1];
        octets.get(padded);
        return Cid.of(Arrays.copyOf(padded, length));
    }
}
