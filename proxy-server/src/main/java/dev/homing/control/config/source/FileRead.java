package dev.homing.control.config.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/// A file that a configuration came from, as it was when it was read.
///
/// @param bytesMax how much of its beginning counts
/// @param print of what it held, SHA-256; empty if it could not be read, or can be read only once,
///   as a pipe
public record FileRead(Path path, int bytesMax, String print) {

    private static final String NONE = "";

    /// A file that could not be read.
    static FileRead failed(Path path, int bytesMax) {
        return new FileRead(path, bytesMax, NONE);
    }

    /// @param bytes what was read of it
    static FileRead of(Path path, int bytesMax, byte[] bytes) {
        boolean isWhole = bytes.length <= bytesMax;
        return new FileRead(
                path,
                bytesMax,
                Files.isRegularFile(path)
                        ? digest(isWhole ? bytes : Arrays.copyOf(bytes, bytesMax))
                        : NONE);
    }

    /// Reads the file again.
    public FileRead again() {
        if (!Files.isRegularFile(path)) {
            return failed(path, bytesMax);
        }
        try (InputStream in = Files.newInputStream(path)) {
            return new FileRead(path, bytesMax, digest(in.readNBytes(bytesMax)));
        } catch (IOException e) {
            return failed(path, bytesMax);
        }
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
