package dev.homing.cid.quiclb;

import java.lang.foreign.MemorySegment;

/// How server ID and nonce lie in a connection ID. A flyweight: one thread, and what it says holds
/// until the next call.
public sealed interface ServerIdCipher permits Plaintext, SinglePass, FourPass {

    static ServerIdCipher of(QuicLbFormat format) {
        CidKey key = format.key();
        if (key == null) {
            return new Plaintext(format);
        }
        return format.bodyLength() == AesBlock.BYTES
                ? new SinglePass(format, key)
                : new FourPass(format, key);
    }

    /// Reads the server ID of a connection ID that is long enough. Allocates nothing.
    ///
    /// @param offset of the connection ID's second octet
    void open(MemorySegment bytes, int offset);

    /// Octets 0 to 7 of the server ID, big-endian; octets past its end are 0.
    long high();

    /// Octets 8 to 14 of the server ID, in the same way.
    long low();

    /// The server ID and the nonce after it: for people, not for datagrams.
    ///
    /// @param offset of the connection ID's second octet
    byte[] openBody(MemorySegment bytes, int offset);

    /// Encrypts server ID and nonce in place: for servers.
    ///
    /// @param offset of the connection ID's second octet
    void seal(byte[] connectionId, int offset);

    /// As it is called in documents.
    String algorithm();
}
