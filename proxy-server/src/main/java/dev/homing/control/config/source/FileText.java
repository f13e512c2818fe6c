package dev.homing.control.config.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// Gets the text of a file that people write, or says why there is none.
final class FileText {

    /// 16 000 backends with every key written take about 2 MB.
    private static final int LARGEST_BYTES = 8 << 20;

    private final String name;
    private final Where where;
    private final String key;
    private final String kind;
    private final String named;
    private final Problems problems;

    /// @param where what a problem with the file as a whole is reported at
    /// @param key that names the file; empty for the configuration itself
    /// @param kind what it should be: `configuration file`
    /// @param named where its name is to be checked: `given with -c`
    FileText(String name, Where where, String key, String kind, String named, Problems problems) {
        this.name = name;
        this.where = where;
        this.key = key;
        this.kind = kind;
        this.named = named;
        this.problems = problems;
    }

    /// Empty if a problem was added.
    Optional<String> read() {
        return bytes().flatMap(this::text);
    }

    private Optional<byte[]> bytes() {
        Path path;
        try {
            path = Path.of(name);
        } catch (InvalidPathException e) {
            return refuse("is not a path", "Check the name " + named + ".");
        }
        try {
            if (Files.isDirectory(path)) {
                return failed(path, "is a directory", "Name the file in it.");
            }
            // Also of a pipe, which has no size that could be asked first.
            try (InputStream in = Files.newInputStream(path)) {
                byte[] bytes = in.readNBytes(LARGEST_BYTES + 1);
                problems.cameFrom(FileRead.of(path, LARGEST_BYTES, bytes));
                return bytes.length <= LARGEST_BYTES
                        ? Optional.of(bytes)
                        : refuse(
                                "is larger than " + (LARGEST_BYTES >> 20) + " MiB",
                                "Name a " + kind + ".");
            }
        } catch (NoSuchFileException e) {
            return failed(path, "does not exist", "Check the name " + named + ".");
        } catch (AccessDeniedException e) {
            return failed(
                    path,
                    "cannot be read: permission denied",
                    "Make it readable for the user that runs Homing.");
        } catch (IOException e) {
            return failed(
                    path, "cannot be read: " + e.getMessage(), "Check the file and its disk.");
        }
    }

    private Optional<String> text(byte[] bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return refuse("is not UTF-8 text", "Save it as UTF-8, or name a " + kind + ".");
        }
        int line = 1;
        int column = 1;
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            if (!StreamReader.isPrintable(codePoint)) {
                problems.add(
                        new Where.InFile(name, line, column),
                        key,
                        String.format("has the control character U+%04X", codePoint),
                        "Remove it; if this is no text file, name the " + kind + ".");
                return Optional.empty();
            }
            column = codePoint == '\n' ? 1 : column + 1;
            line += codePoint == '\n' ? 1 : 0;
            i += Character.charCount(codePoint);
        }
        return Optional.of(text);
    }

    private <T> Optional<T> failed(Path path, String what, String remedy) {
        problems.cameFrom(FileRead.failed(path, LARGEST_BYTES));
        return refuse(what, remedy);
    }

    private <T> Optional<T> refuse(String what, String remedy) {
        problems.add(where, key, what, remedy);
        return Optional.empty();
    }
}
