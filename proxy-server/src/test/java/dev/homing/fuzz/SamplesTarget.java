package dev.homing.fuzz;

import dev.homing.observe.samples.Samples;
import dev.homing.observe.samples.UnreadableText;
import java.nio.charset.StandardCharsets;

/// Any text as an answer of /metrics.
public final class SamplesTarget {

    private SamplesTarget() {}

    public static void fuzzerTestOneInput(byte[] octets) {
        String text = new String(octets, StandardCharsets.UTF_8);
        try {
            Samples samples = Samples.parse(text);
            for (String name : samples.names()) {
                Required.holds(samples.has(name), "a name without a sample");
                var unused = samples.sum(name) + samples.max(name).orElse(0);
                samples.histogram(name);
            }
        } catch (UnreadableText e) {
            Required.holds(e.getMessage() != null, "nothing is said of what is wrong");
        }
    }
}
