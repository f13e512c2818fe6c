/// QUIC stacks that nobody here wrote, driven as processes: ngtcp2's gtlsclient and gtlsserver,
/// caddy (quic-go), servers on quic-go, aioquic and quinn whose connection IDs name them, and
/// clients on quic-go and quinn for much at once. Where one is not installed, its tests are skipped
/// and say so.
@NullMarked
package dev.homing.peers;

import org.jspecify.annotations.NullMarked;
