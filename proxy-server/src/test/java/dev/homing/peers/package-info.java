/// QUIC stacks that nobody here wrote, driven as processes: ngtcp2's gtlsclient and gtlsserver, and
/// caddy (quic-go). Where one is not installed, its tests are skipped and say so.
@NullMarked
package dev.homing.peers;

import org.jspecify.annotations.NullMarked;
