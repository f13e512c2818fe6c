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

/// Gets the text of a configuration file, or says why there is none.
final class YamlFile {

    /// 16 000 backends with every key written take about 2 MB.
    private static final int LARGEST_BYTES = 8 << 20;

    private final String name;
    private final Problems problems;

    YamlFile(String name, Problems problems) {
        this.name = name;
        this.problems = problems;
    }

    /// Empty if a problem was added.
    Optional<Tree> read() {
        return bytes().flatMap(this::text).flatMap(text -> new YamlText(name, problems).read(text));
    }

    private Optional<byte[]> bytes() {
        try {
            Path path = Path.of(name);
            if (Files.isDirectory(path)) {
                return refuse("is a directory", "Name the file in it.");
            }
            // Also of a pipe, which has no size that could be asked first.
            try (InputStream in = Files.newInputStream(path)) {
                byte[] bytes = in.readNBytes(LARGEST_BYTES + 1);
                return bytes.length <= LARGEST_BYTES
                        ? Optional.of(bytes)
                        : refuse(
                                "is larger than " + (LARGEST_BYTES >> 20) + " MiB",
                                "Name a configuration file.");
            }
        } catch (NoSuchFileException e) {
            return refuse("does not exist", "Check the name given with -c or in HOMING_CONFIG.");
        } catch (AccessDeniedException e) {
            return refuse(
                    "cannot be read: permission denied",
                    "Make it readable for the user that runs Homing.");
        } catch (InvalidPathException e) {
            return refuse("is not a path", "Check the name given with -c or in HOMING_CONFIG.");
        } catch (IOException e) {
            return refuse("cannot be read: " + e.getMessage(), "Check the file and its disk.");
        }
    }

    private Optional<String> text(byte[] bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return refuse("is not UTF-8 text", "Save it as UTF-8, or name a configuration file.");
        }
        int line = 1;
        int column = 1;
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            if (!StreamReader.isPrintable(codePoint)) {
                problems.add(
                        new Where.InFile(name, line, column),
                        "",
                        String.format("has the control character U+%04X", codePoint),
                        "Remove it; if this is no text file, name the configuration file.");
                return Optional.empty();
            }
            column = codePoint == '\n' ? 1 : column + 1;
            line += codePoint == '\n' ? 1 : 0;
            i += Character.charCount(codePoint);
        }
        return Optional.of(text);
    }

    private <T> Optional<T> refuse(String what, String remedy) {
        problems.add(new Where.WholeFile(name), "", what, remedy);
        return Optional.empty();
    }
}
