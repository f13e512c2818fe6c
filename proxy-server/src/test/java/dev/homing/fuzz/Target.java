package dev.homing.fuzz;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/// What is fuzzed.
enum Target {
    HEADER(HeaderTarget.class, 300),
    SCHEME(SchemeTarget.class, 64),
    ROUTER(RouterTarget.class, 4_000),
    CONFIGURATION(ConfigurationTarget.class, 4_000),
    CAPTURE(CaptureTarget.class, 2_000),
    SAMPLES(SamplesTarget.class, 1_000);

    private static final Path KEPT = Path.of("src", "test", "fuzz");

    private final Class<?> entry;
    private final int longestBytes;

    Target(Class<?> entry, int longestBytes) {
        this.entry = entry;
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

    /// Throws when the octets do what they must not.
    void run(byte[] octets) throws Exception {
        switch (this) {
            case HEADER -> HeaderTarget.fuzzerTestOneInput(octets);
            case SCHEME -> SchemeTarget.fuzzerTestOneInput(octets);
            case ROUTER -> RouterTarget.fuzzerTestOneInput(octets);
            case CONFIGURATION -> ConfigurationTarget.fuzzerTestOneInput(octets);
            case CAPTURE -> CaptureTarget.fuzzerTestOneInput(octets);
            case SAMPLES -> SamplesTarget.fuzzerTestOneInput(octets);
        }
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
