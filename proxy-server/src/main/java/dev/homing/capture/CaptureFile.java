package dev.homing.capture;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Opens a capture file of either format, which its first octets tell.
public final class CaptureFile {

    private static final int GZIP = 0x1f8b;

    private CaptureFile() {}

    /// @throws IOException if it cannot be read or is no capture; the message is a sentence without
    ///   the file's name
    public static Frames open(Path path) throws IOException {
        InputStream in;
        try {
            in = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
        } catch (NoSuchFileException e) {
            throw new IOException("it does not exist", e);
        } catch (AccessDeniedException e) {
            throw new IOException("permission denied", e);
        }
        try {
            return of(in);
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    /// From a capture's first octet on.
    ///
    /// @param in one that can be marked; the frames close it
    /// @throws IOException if it is no capture; the message is a sentence
    public static Frames of(InputStream in) throws IOException {
        in.mark(Integer.BYTES);
        byte[] first = in.readNBytes(Integer.BYTES);
        in.reset();
        if (first.length < Integer.BYTES) {
            throw new IOException("it is no capture: it has " + first.length + " octets");
        }
        int magic = ByteBuffer.wrap(first).getInt();
        FileOctets octets = new FileOctets(in);
        if (PcapngFrames.isMagic(magic)) {
            return new PcapngFrames(octets);
        }
        if (PcapFrames.isMagic(magic)) {
            return new PcapFrames(octets);
        }
        throw new IOException(
                magic >>> 16 == GZIP
                        ? "it is compressed: unpack it with gunzip first"
                        : "it is no capture in pcap or pcapng format: it begins with 0x%08x"
                                .formatted(magic));
    }
}
