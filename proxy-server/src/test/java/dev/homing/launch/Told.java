package dev.homing.launch;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// A program that tells how it was started.
final class Told {

    private Told() {}

    /// Of the JVM's own map of memory: a cache in use is a file in it.
    public static void main(String[] arguments) throws IOException {
        switch (arguments[0]) {
            case "rehearse" -> {
                Path jar = Path.of(System.getProperty("java.class.path"));
                if (Files.exists(jar.resolveSibling("refuse-to-rehearse"))) {
                    System.out.println("refused");
                    System.exit(1);
                }
            }
            case "options" ->
                    System.out.println(
                            String.join(
                                    " ", ManagementFactory.getRuntimeMXBean().getInputArguments()));
            default ->
                    System.out.println(
                            Arrays.toString(arguments)
                                    + (isMapped() ? " with the cache" : " without the cache"));
        }
    }

    private static boolean isMapped() throws IOException {
        return Files.readString(Path.of("/proc/self/maps")).contains("/homing.aot");
    }
}
