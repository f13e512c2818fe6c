package dev.homing.observe.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamplesTest {

    private static Samples read(String... lines) throws UnreadableText {
        return Samples.parse(String.join("\n", lines) + "\n");
    }

    @Test
    void readsEveryShapeOfALine() throws UnreadableText {
        Samples samples =
                read(
                        "# HELP a Something.",
                        "# TYPE a counter",
                        "a 1.0",
                        "",
                        "  b{x=\"1\",y=\"2\",} 2e3 1700000000000",
                        "c { x = \"1\" , y = \"2\" }\t+Inf",
                        "d:e_9{} -.5");

        assertEquals(OptionalDouble.of(1), samples.value("a"));
        assertEquals(OptionalDouble.of(2000), samples.value("b", "y", "2"));
        assertEquals(OptionalDouble.of(Double.POSITIVE_INFINITY), samples.value("c", "x", "1"));
        assertEquals(OptionalDouble.of(-0.5), samples.value("d:e_9"));
        assertEquals(Set.of("a", "b", "c", "d:e_9"), samples.names());
    }

    @Test
    void whatIsCalledABucketAndHasNoBoundIsNone() throws UnreadableText {
        Samples samples =
                read(
                        "h_bucket 7",
                        "h_bucket{le=\"many\"} 7",
                        "h_bucket{le=\"1\"} 1",
                        "h_bucket{le=\"+Inf\"} 2",
                        "h_sum 3");

        assertEquals(2, samples.histogram("h").orElseThrow().count());
    }

    @Test
    void readsEscapesInValuesOfLabels() throws UnreadableText {
        Sample sample = read("a{l=\"x\\\\y\\\"z\\n} # , 1\"} 7").all("a").getFirst();

        assertEquals(Map.of("l", "x\\y\"z\n} # , 1"), sample.labels());
        assertEquals(7, sample.value());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "a|a value is expected",
                "a one|'one' is no number",
                "a 0x1p3|'0x1p3' is no number",
                "a 1d|'1d' is no number",
                "a 1 2 3|there is more than a value and a time",
                "a 1 # now|a time in milliseconds is expected after the value",
                "{x=\"1\"} 1|a name is expected",
                "a{x=1} 1|'\"' is expected",
                "a{x=\"1} 1|a quote is not closed",
                "a{x=\"1\\|a quote is not closed",
                "a{x=\"\\t\"} 1|\\t is no escape",
                "a{x=\"1\" y=\"2\"} 1|',' is expected",
                "<html>|a name is expected",
            })
    void saysWhichLineIsNotPrometheusText(String line, String what) {
        UnreadableText e = assertThrows(UnreadableText.class, () -> read("good 1", line));

        assertTrue(e.getMessage().startsWith("line 2: " + what + " at column "), e.getMessage());
    }

    @Test
    void whatIsNotANumberIsNoValueAndAddsNothing() throws UnreadableText {
        Samples samples = read("a NaN", "b{x=\"1\"} NaN", "b{x=\"2\"} 3");

        assertTrue(samples.has("a"));
        assertEquals(OptionalDouble.empty(), samples.value("a"));
        assertEquals(3, samples.sum("b"));
        assertEquals(OptionalDouble.of(3), samples.max("b"));
    }

    @Test
    void addsUpWhatHasTheLabelsThatAreAskedFor() throws UnreadableText {
        Samples samples =
                read(
                        "a{side=\"client\",reason=\"x\"} 1",
                        "a{side=\"client\",reason=\"y\"} 2",
                        "a{side=\"backend\",reason=\"x\"} 4");

        assertEquals(7, samples.sum("a"));
        assertEquals(3, samples.sum("a", "side", "client"));
        assertEquals(4, samples.sum("a", "reason", "x", "side", "backend"));
        assertEquals(0, samples.sum("b"));
        assertEquals(Set.of("x", "y"), samples.labels("a", "reason"));
        assertEquals(OptionalDouble.empty(), samples.value("b"));
        assertThrows(IllegalArgumentException.class, () -> samples.value("a", "reason", "x"));
    }

    @Test
    void aLabelThatIsAbsentIsAnEmptyOne() throws UnreadableText {
        Samples samples = read("a 1", "a{x=\"\"} 2", "a{x=\"y\"} 4");

        assertEquals(3, samples.sum("a", "x", ""));
    }

    @Test
    void estimatesQuantilesOfAHistogram() throws UnreadableText {
        Histogram histogram =
                read(
                                "h_bucket{t=\"1\",le=\"1\"} 10",
                                "h_bucket{t=\"1\",le=\"2\"} 20",
                                "h_bucket{t=\"1\",le=\"+Inf\"} 20",
                                "h_sum{t=\"1\"} 30",
                                "h_count{t=\"1\"} 20",
                                "h_bucket{t=\"2\",le=\"1\"} 0",
                                "h_bucket{t=\"2\",le=\"2\"} 10",
                                "h_bucket{t=\"2\",le=\"+Inf\"} 20",
                                "h_sum{t=\"2\"} 50",
                                "h_count{t=\"2\"} 20")
                        .histogram("h")
                        .orElseThrow();

        assertEquals(40, histogram.count());
        assertEquals(OptionalDouble.of(2), histogram.mean());
        assertEquals(OptionalDouble.of(0.5), histogram.quantile(0.125));
        assertEquals(OptionalDouble.of(1), histogram.quantile(0.25));
        assertEquals(OptionalDouble.of(1.5), histogram.quantile(0.5));
        assertEquals(OptionalDouble.of(2), histogram.quantile(0.99));
    }

    @Test
    void anEmptyHistogramHasNoQuantile() throws UnreadableText {
        Histogram histogram =
                read("h_bucket{le=\"1\"} 0", "h_bucket{le=\"+Inf\"} 0", "h_sum 0", "h_count 0")
                        .histogram("h")
                        .orElseThrow();

        assertEquals(OptionalDouble.empty(), histogram.quantile(0.5));
        assertEquals(OptionalDouble.empty(), histogram.mean());
    }

    @Test
    void putsTwoReadingsTogether() throws UnreadableText {
        Samples both = read("a{x=\"1\"} 1").and(read("a{x=\"2\"} 2", "b 3"));

        assertEquals(3, both.sum("a"));
        assertEquals(List.of(new Sample("b", Map.of(), 3)), both.all("b"));
    }
}
