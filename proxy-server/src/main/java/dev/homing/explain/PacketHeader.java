package dev.homing.explain;

import dev.homing.quic.HeaderForm;

/// What the header of a datagram's first packet says (RFC 8999), for people.
///
/// @param version of a long header
/// @param isVersionKnown whether the packet types of the version are known
/// @param dcid the destination connection ID in hexadecimal; if its length is not known, the first
///   octets of what is there for it
/// @param isDcidLengthKnown a short header does not tell; the pool's scheme or connection-id-length
///   may
/// @param scid the source connection ID of a long header, in hexadecimal
/// @param startsConnection whether it may be the first packet of a connection
public record PacketHeader(
        HeaderForm form,
        int version,
        boolean isVersionKnown,
        String dcid,
        boolean isDcidLengthKnown,
        String scid,
        boolean startsConnection) {

    static PacketHeader unreadable(HeaderForm form) {
        return new PacketHeader(form, 0, false, "", false, "", false);
    }

    /// Whether there is a header at all.
    public boolean isReadable() {
        return form == HeaderForm.LONG || form == HeaderForm.SHORT;
    }
}
