package dev.homing.observe.trace;

import dev.homing.quic.HeaderForm;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/// A JSON object a line for each datagram or train, and one at the end that says how many there
/// were. Nothing in them needs escaping: names of backends are plain (see the schema), and so is
/// the rest.
final class JsonLines implements TraceWriter {

    @Override
    public String contentType() {
        return "application/jsonl; charset=utf-8";
    }

    @Override
    public void begin(OutputStream out) {
        // Lines need nothing before them.
    }

    @Override
    public void write(TracedDatagram datagram, OutputStream out) throws IOException {
        StringBuilder line = new StringBuilder(512);
        text(line.append('{'), "time", TraceTimes.whole(datagram.nanos()));
        text(line, "thread", datagram.thread());
        text(line, "side", datagram.side().label());
        if (datagram.listener() != null) {
            text(line, "listener", NetUtil.toSocketAddressString(datagram.listener()));
        }
        text(
                line,
                datagram.isRemoteClient() ? "client" : "sender",
                NetUtil.toSocketAddressString(datagram.remote()));
        if (datagram.backend() != null) {
            text(line, "backend", datagram.backend());
        }
        header(line, datagram.head());
        number(line, "octets", datagram.lengthBytes());
        number(line, "datagrams", datagram.count());
        if (datagram.count() > 1) {
            number(line, "segment", datagram.segmentBytes());
        }
        text(line, "ecn", datagram.ecnLabel());
        if (datagram.method() != null) {
            text(line, "route", datagram.method().label());
        }
        text(line, "verdict", datagram.reason() == null ? "sent" : "dropped");
        if (datagram.reason() != null) {
            text(line, "reason", datagram.reason().label());
        }
        if (datagram.tookNs() >= 0) {
            number(line, "took-ns", datagram.tookNs());
        }
        text(line, "head", HexFormat.of().formatHex(datagram.kept().getFirst()));
        line.setLength(line.length() - 1);
        out.write(line.append("}\n").toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void header(StringBuilder line, PacketHead head) {
        text(line, "header", head.form().name().toLowerCase(Locale.ROOT));
        if (head.type() != null) {
            text(line, "type", head.type().label());
        }
        if (head.form() == HeaderForm.LONG) {
            text(line, "version", "0x%08x".formatted(head.version()));
        }
        if (head.form() == HeaderForm.LONG || !head.dcid().isEmpty()) {
            text(line, "dcid", head.dcid());
        }
        if (head.form() == HeaderForm.LONG) {
            text(line, "scid", head.scid());
        }
    }

    private static void text(StringBuilder line, String name, String value) {
        line.append('"').append(name).append("\":\"").append(value).append("\",");
    }

    private static void number(StringBuilder line, String name, long value) {
        line.append('"').append(name).append("\":").append(value).append(',');
    }

    @Override
    public void end(long nanos, long records, long lost, OutputStream out) throws IOException {
        out.write(
                "{\"trace\":{\"records\":%d,\"lost\":%d}}\n"
                        .formatted(records, lost)
                        .getBytes(StandardCharsets.UTF_8));
    }
}
