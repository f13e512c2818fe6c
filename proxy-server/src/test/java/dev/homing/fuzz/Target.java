package dev.homing.fuzz;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/// What is fuzzed.
enum Target {
    HEADER(HeaderTarget.class, HeaderTarget::fuzzerTestOneInput, 300),
    SCHEME(SchemeTarget.class, SchemeTarget::fuzzerTestOneInput, 64),
    ROUTER(RouterTarget.class, RouterTarget::fuzzerTestOneInput, 4_000),
    CONFIGURATION(ConfigurationTarget.class, ConfigurationTarget::fuzzerTestOneInput, 4_000),
    CAPTURE(CaptureTarget.class, CaptureTarget::fuzzerTestOneInput, 2_000),
    SAMPLES(SamplesTarget.class, SamplesTarget::fuzzerTestOneInput, 1_000);

    private static final Path KEPT = Path.of("src", "test", "fuzz");

    /// Throws when the octets do what they must not.
    interface Body {
        void run(byte[] octets) throws Exception;
    }

    private final Class<?> entry;
    private final Body body;
    private final int longestBytes;

    Target(Class<?> entry, Body body, int longestBytes) {
        this.entry = entry;
        this.body = body;
        this.longestBytes = longestBytes;
    }

    static Target of(String name) {
        return Arrays.stream(values())
                .filter(target -> target.label().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "no target "
                                        + name
                                        + ", there are "
                                        + Arrays.stream(values()).map(Target::label).toList()));
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The class with the method that the fuzzer calls.
    Class<?> entry() {
        return entry;
    }

    Body body() {
        return body;
    }

    /// Longer inputs than this find nothing more.
    int longestBytes() {
        return longestBytes;
    }

    /// The folder of its inputs that are kept.
    Path kept() {
        return KEPT.resolve(label());
    }
}
