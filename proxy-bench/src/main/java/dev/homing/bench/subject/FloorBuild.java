package dev.homing.bench.subject;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The C programs of `proxy-bench/floor`, built from the sources in the jar with the compiler of
/// this machine, into a folder that ends with the process.
public final class FloorBuild {

    private static final List<String> PROGRAMS = List.of("udpforward");

    private final Path folder;
    private final Optional<String> whyNot;

    private FloorBuild(Path folder, Optional<String> whyNot) {
        this.folder = folder;
        this.whyNot = whyNot;
    }

    /// Never fails: what could not be built has a reason.
    public static FloorBuild make() throws IOException {
        Path folder = Files.createTempDirectory("homing-floor-");
        folder.toFile().deleteOnExit();
        Optional<Path> compiler = Tools.find("cc").or(() -> Tools.find("gcc"));
        if (compiler.isEmpty()) {
            return new FloorBuild(
                    folder,
                    Optional.of("not built: no C compiler (apt-get install gcc libc6-dev)"));
        }
        try {
            for (String program : PROGRAMS) {
                build(folder, compiler.get(), program);
            }
            return new FloorBuild(folder, Optional.empty());
        } catch (IOException e) {
            return new FloorBuild(folder, Optional.of("not built: " + e.getMessage()));
        }
    }

    private static void build(Path folder, Path compiler, String program) throws IOException {
        Path source = folder.resolve(program + ".c");
        String resource = "/floor/" + program + ".c";
        try (InputStream in = FloorBuild.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException(resource + " is not in the jar");
            }
            Files.copy(in, source);
        }
        Path built = folder.resolve(program);
        Tools.run(List.of(compiler.toString(), "-O2", "-o", built.toString(), source.toString()));
        source.toFile().deleteOnExit();
        built.toFile().deleteOnExit();
    }

    Optional<String> whyNot() {
        return whyNot;
    }

    Path program(String name) {
        return folder.resolve(name);
    }
}
