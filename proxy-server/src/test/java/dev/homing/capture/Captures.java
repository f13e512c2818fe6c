package dev.homing.capture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Makes capture files, frame by frame.
public final class Captures {

    public static final int ETHERNET = 1;

    private static final int MAGIC = 0xa1b2c3d4;
    private static final int MAGIC_NANOS = 0xa1b23c4d;

    private Captures() {}

    /// A classic capture of frames one second apart, the first at second 1 and fraction 2.
    public static byte[] pcap(ByteOrder order, boolean isNanos, int linkType, byte[]... frames) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(
                ByteBuffer.allocate(24)
                        .order(order)
                        .putInt(isNanos ? MAGIC_NANOS : MAGIC)
                        .putShort((short) 2)
                        .putShort((short) 4)
                        .putLong(0)
                        .putInt(262_144)
                        .putInt(linkType)
                        .array());
        for (int i = 0; i < frames.length; i++) {
            file.writeBytes(
                    ByteBuffer.allocate(16)
                            .order(order)
                            .putInt(1 + i)
                            .putInt(2)
                            .putInt(frames[i].length)
                            .putInt(frames[i].length)
                            .array());
            file.writeBytes(frames[i]);
        }
        return file.toByteArray();
    }

    public static byte[] pcap(int linkType, byte[]... frames) {
        return pcap(ByteOrder.LITTLE_ENDIAN, false, linkType, frames);
    }

    /// A block of pcapng.
    static byte[] block(ByteOrder order, int type, byte[] body) {
        int padded = body.length + 3 & ~3;
        return ByteBuffer.allocate(12 + padded)
                .order(order)
                .putInt(type)
                .putInt(12 + padded)
                .put(body)
                .putInt(8 + padded, 12 + padded)
                .array();
    }

    static byte[] section(ByteOrder order) {
        return block(
                order,
                0x0a0d0d0a,
                ByteBuffer.allocate(16)
                        .order(order)
                        .putInt(0x1a2b3c4d)
                        .putShort((short) 1)
                        .putShort((short) 0)
                        .putLong(-1)
                        .array());
    }

    /// @param options already laid out
    static byte[] face(ByteOrder order, int linkType, int snapLength, byte... options) {
        return block(
                order,
                1,
                ByteBuffer.allocate(8 + options.length)
                        .order(order)
                        .putShort((short) linkType)
                        .putShort((short) 0)
                        .putInt(snapLength)
                        .put(options)
                        .array());
    }

    static byte[] enhanced(ByteOrder order, int face, long ticks, byte[] frame) {
        return block(
                order,
                6,
                ByteBuffer.allocate(20 + frame.length)
                        .order(order)
                        .putInt(face)
                        .putInt((int) (ticks >>> 32))
                        .putInt((int) ticks)
                        .putInt(frame.length)
                        .putInt(frame.length)
                        .put(frame)
                        .array());
    }

    static byte[] simple(ByteOrder order, int wireLength, byte[] captured) {
        return block(
                order,
                3,
                ByteBuffer.allocate(4 + captured.length)
                        .order(order)
                        .putInt(wireLength)
                        .put(captured)
                        .array());
    }

    public static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /// Ports 51000 to 4433.
    public static byte[] udp(byte[] payload) {
        return udp(51_000, 4433, payload.length + 8, payload);
    }

    public static byte[] udp(int from, int to, int length, byte[] payload) {
        return ByteBuffer.allocate(8 + payload.length)
                .putShort((short) from)
                .putShort((short) to)
                .putShort((short) length)
                .putShort((short) 0)
                .put(payload)
                .array();
    }

    /// From 192.0.2.7 to 203.0.113.9.
    public static byte[] ipv4(int fragment, int protocol, byte[] content) {
        return ByteBuffer.allocate(20 + content.length)
                .putShort((short) 0x4500)
                .putShort((short) (20 + content.length))
                .putShort((short) 1)
                .putShort((short) fragment)
                .put((byte) 64)
                .put((byte) protocol)
                .putShort((short) 0)
                .put(hex("c0000207"))
                .put(hex("cb007109"))
                .put(content)
                .array();
    }

    public static byte[] ipv4(byte[] udp) {
        return ipv4(0x4000, 17, udp);
    }

    /// From 2001:db8::7 to 2001:db8::9.
    static byte[] ipv6(int next, byte[] content) {
        return ByteBuffer.allocate(40 + content.length)
                .putInt(0x60000000)
                .putShort((short) content.length)
                .put((byte) next)
                .put((byte) 64)
                .put(hex("20010db8000000000000000000000007"))
                .put(hex("20010db8000000000000000000000009"))
                .put(content)
                .array();
    }

    public static byte[] ethernet(byte[] ip) {
        return joined(
                hex("020000000001020000000002"), hex((ip[0] & 0xf0) == 0x40 ? "0800" : "86dd"), ip);
    }

    public static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    static List<Frame> frames(Path folder, byte[] file) throws IOException {
        Path path = Files.write(folder.resolve("capture"), file);
        List<Frame> frames = new ArrayList<>();
        try (Frames reader = CaptureFile.open(path)) {
            Optional<Frame> frame = reader.next();
            while (frame.isPresent()) {
                frames.add(frame.get());
                frame = reader.next();
            }
        }
        return frames;
    }
}
