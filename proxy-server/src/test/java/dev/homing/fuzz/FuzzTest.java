package dev.homing.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What has been found before stays so, and a fuzzer looks for more: for a moment at all targets,
/// or, with `./homing fuzz --minutes N`, for longer at each.
class FuzzTest {

    private static final int SECONDS = Integer.getInteger("homing.fuzz.seconds", 3);

    /// One target's name, or `each`; else all of them together.
    private static final String WANTED = System.getProperty("homing.fuzz.target", "");

    /// Where to leave what has been found; else it is gone with the test.
    private static final String KEEP = System.getProperty("homing.fuzz.keep", "");

    @TempDir Path folder;

    private Fuzzer fuzzer() throws IOException {
        return new Fuzzer(
                KEEP.isEmpty() ? folder : Files.createDirectories(Path.of(KEEP)), SECONDS);
    }

    @ParameterizedTest
    @MethodSource("dev.homing.fuzz.Target#values")
    void whatIsKeptDoesNoHarm(Target target) throws Exception {
        List<Path> kept = kept(target);
        assertTrue(kept.size() > 2, "the corpus is in " + target.kept().toAbsolutePath());
        for (Path file : kept) {
            try {
                target.run(Files.readAllBytes(file));
            } catch (Exception | AssertionError e) {
                throw new AssertionError(file.toString(), e);
            }
        }
    }

    private static List<Path> kept(Target target) throws IOException {
        try (Stream<Path> files = Files.list(target.kept())) {
            return files.toList();
        }
    }

    @Test
    void nothingElseIsFoundInAMoment() throws Exception {
        assumeTrue(WANTED.isEmpty(), "single targets are asked for");
        Path seeds = Files.createDirectories(folder.resolve("seeds"));
        int number = 0;
        int longest = 0;
        for (Target target : Target.values()) {
            longest = Math.max(longest, target.longestBytes());
            for (Path file : kept(target)) {
                byte[] input = AllTargets.input(target, Files.readAllBytes(file));
                Files.write(seeds.resolve("seed-" + number++), input);
            }
        }
        Fuzzer.Run run = fuzzer().run("all", AllTargets.class, longest, seeds);
        assertEquals(0, run.exitCode(), () -> told(run));
        for (Target target : Target.values()) {
            long inputs = run.number(AllTargets.line(target));
            assertTrue(inputs > 0, () -> target.label() + " had no input\n" + run.log());
            System.out.printf("%s: %d inputs%n", target.label(), inputs);
        }
    }

    static Stream<Target> wanted() {
        return switch (WANTED) {
            case "", "each" -> Stream.of(Target.values());
            default -> Stream.of(Target.of(WANTED));
        };
    }

    @ParameterizedTest
    @MethodSource("wanted")
    void nothingElseIsFoundAtLength(Target target) throws Exception {
        assumeTrue(!WANTED.isEmpty(), "`./homing fuzz` takes its time for each target");
        Fuzzer.Run run =
                fuzzer().run(target.label(), target.entry(), target.longestBytes(), target.kept());
        assertEquals(0, run.exitCode(), () -> told(run));
        System.out.printf("%s: %d inputs in %d s%n", target.label(), run.inputs(), SECONDS);
    }

    private static String told(Fuzzer.Run run) {
        return "Put the input (in Base64 at the end) into the target's folder of src/test/fuzz, so that it"
                + " stays a test; without its first octet if it was found with all targets together.\n"
                + run.log();
    }
}
