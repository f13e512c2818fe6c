package dev.homing.observe.trace;

import io.netty.util.NetUtil;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// A line for people for each datagram or train, and one at the end that says how many there were.
///
/// ```
/// 16:20:42.123456 shard-0  127.0.0.1:50000 > a  1200 initial dcid 8394c8f03e515708 scid c0c1c2c3  hash  sent after 85 us
/// 16:20:42.124001 shard-0  127.0.0.1:50000 < a  1200 handshake dcid c0c1c2c3 scid 0767947d29be054a  sent after 60 us
/// ```
final class TextLines implements TraceWriter {

    @Override
    public String contentType() {
        return "text/plain; charset=utf-8";
    }

    @Override
    public void begin(OutputStream out) {
        // Lines need nothing before them.
    }

    @Override
    public void write(TracedDatagram datagram, OutputStream out) throws IOException {
        StringBuilder line = new StringBuilder(256);
        line.append(TraceTimes.ofDay(datagram.nanos()))
                .append(String.format(Locale.ROOT, " %-8s ", datagram.thread()))
                .append(NetUtil.toSocketAddressString(datagram.remote()))
                .append(isOutward(datagram) ? " < " : " > ")
                .append(datagram.backend() == null ? "-" : datagram.backend())
                .append(String.format(Locale.ROOT, "  %4d", datagram.lengthBytes()));
        if (datagram.count() > 1) {
            line.append(" in ").append(datagram.count());
        }
        head(line.append(' '), datagram.head());
        if (datagram.ecn() != 0) {
            line.append("  ").append(datagram.ecnLabel());
        }
        if (datagram.method() != null) {
            line.append("  ").append(datagram.method().label());
        }
        line.append("  ").append(datagram.end());
        out.write(line.append('\n').toString().getBytes(StandardCharsets.UTF_8));
    }

    /// Whether it is on its way to a client.
    private static boolean isOutward(TracedDatagram datagram) {
        return datagram.isRemoteClient() && datagram.side() == dev.homing.ledger.Side.BACKEND;
    }

    private static void head(StringBuilder line, PacketHead head) {
        line.append(
                head.type() == null
                        ? head.form().name().toLowerCase(Locale.ROOT)
                        : head.type().label());
        if (!head.dcid().isEmpty()) {
            line.append(" dcid ").append(head.dcid());
        }
        if (!head.scid().isEmpty()) {
            line.append(" scid ").append(head.scid());
        }
    }

    @Override
    public void end(long nanos, long records, long lost, OutputStream out) throws IOException {
        out.write(
                "# records %d, lost %d\n"
                        .formatted(records, lost)
                        .getBytes(StandardCharsets.UTF_8));
    }
}
