package dev.homing.explain;

import dev.homing.cid.CidDescription;
import dev.homing.cid.Unroutable;
import dev.homing.control.config.Configuration;
import dev.homing.ledger.DropReason;
import java.util.Optional;

/// The way of a datagram, and why.
///
/// @param listener that it came to
/// @param pool that the listener forwards to
/// @param lengthBytes of the datagram
/// @param read what the pool's scheme reads in the connection ID; empty without a scheme or a
///   header
/// @param whyNot why the connection ID names no backend; empty if it does, or without a scheme
/// @param ifNew why it is dropped unless it belongs to a connection that there is; empty if it may
///   begin one, as far as rates allow
public record Explanation(
        Configuration.Listener listener,
        Configuration.Pool pool,
        int lengthBytes,
        PacketHeader header,
        Optional<CidDescription> read,
        Optional<Unroutable> whyNot,
        Optional<DropReason> ifNew,
        Verdict verdict) {

    Explanation with(Verdict other) {
        return new Explanation(listener, pool, lengthBytes, header, read, whyNot, ifNew, other);
    }

    /// Whether it came so far as to be routed.
    public boolean isRouted() {
        return header.isReadable()
                && !(verdict instanceof Verdict.Dropped(DropReason reason)
                        && reason == DropReason.NO_CLIENT_PORT);
    }
}
