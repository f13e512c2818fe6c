package dev.homing.container;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.stream.Stream;
import org.testcontainers.images.builder.ImageFromDockerfile;

/// What `docker build -f docker/Dockerfile .` makes, from the context that .dockerignore leaves.
final class Image {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path JAR = Path.of("proxy-server", "target", "proxy-server.jar");

    private Image() {}

    /// Removed when the JVM ends.
    static ImageFromDockerfile build() throws IOException {
        assertTrue(Files.exists(ROOT.resolve(JAR)), "no " + JAR + ": mvn package makes it");
        ImageFromDockerfile image =
                new ImageFromDockerfile("homing-under-test:latest", true)
                        .withFileFromPath("Dockerfile", ROOT.resolve("docker/Dockerfile"));
        for (Path file : context()) {
            image.withFileFromPath(file.toString(), ROOT.resolve(file));
        }
        return image;
    }

    /// As .dockerignore says: nothing (`*`), but what a line with a mark names (`!`), without what
    /// a later pattern takes away again.
    private static List<Path> context() throws IOException {
        List<String> lines = Files.readAllLines(ROOT.resolve(".dockerignore"));
        List<PathMatcher> without =
                lines.stream()
                        .filter(line -> !line.startsWith("!"))
                        .skip(1)
                        .map(line -> FileSystems.getDefault().getPathMatcher("glob:" + line))
                        .toList();
        return lines.stream()
                .filter(line -> line.startsWith("!"))
                .map(line -> ROOT.resolve(line.substring(1)))
                .flatMap(Image::files)
                .map(ROOT::relativize)
                .filter(file -> without.stream().noneMatch(pattern -> pattern.matches(file)))
                .toList();
    }

    private static Stream<Path> files(Path fileOrFolder) {
        try (Stream<Path> found = Files.walk(fileOrFolder)) {
            return found.filter(Files::isRegularFile).toList().stream();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
