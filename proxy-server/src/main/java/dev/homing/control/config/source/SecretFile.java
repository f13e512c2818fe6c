package dev.homing.control.config.source;

import dev.homing.control.config.value.Kind;
import dev.homing.control.config.value.Parsed;
import dev.homing.control.config.value.Shown;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// A secret in a file of its own, as secrets are mounted into containers.
///
/// @param path as configured
/// @param where the path stands
/// @param key of the configuration that the path is the value of
public record SecretFile(String path, Where where, String key, Problems problems) {

    /// Of the file's beginning: room for any secret with blanks and remarks before it, and what has
    /// none so far is another file.
    private static final int MAX_BYTES = 4096;

    /// What the file holds, without blanks around it; empty with a problem added.
    public <T> Optional<T> read(Kind<T> kind) {
        Path file = Path.of(path);
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES);
            problems.cameFrom(FileRead.of(file, MAX_BYTES, bytes));
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            return switch (kind.read(text.strip())) {
                case Parsed.Good<T>(T value) -> Optional.of(value);
                case Parsed.Bad<T>(String what, String remedy) ->
                        refuse("what " + Shown.value(path) + " holds " + what, remedy);
            };
        } catch (NoSuchFileException e) {
            return failed(file, Shown.value(path) + " does not exist", "Check the path.");
        } catch (AccessDeniedException e) {
            return failed(
                    file,
                    Shown.value(path) + " cannot be read: permission denied",
                    "Make it readable for the user that runs Homing.");
        } catch (InvalidPathException e) {
            // Which letters a name may have is for the locale to say.
            return refuse(Shown.value(path) + " is not a path", "Check the path.");
        } catch (IOException e) {
            return failed(
                    file,
                    Shown.value(path) + " cannot be read: " + e.getMessage(),
                    "Check the path.");
        }
    }

    private <T> Optional<T> failed(Path file, String what, String remedy) {
        problems.cameFrom(FileRead.failed(file, MAX_BYTES));
        return refuse(what, remedy);
    }

    private <T> Optional<T> refuse(String what, String remedy) {
        problems.add(where, key, what, remedy);
        return Optional.empty();
    }
}
