package dev.homing.command;

import dev.homing.control.config.value.Parsed;
import dev.homing.control.trace.TraceWish;
import dev.homing.observe.samples.Scraper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// What to trace, for the commands that do.
final class TraceOptions {

    static final String NOTHING_FOUND =
            "No datagram was of the sample: take more of them (--sample 1/10), or longer (--duration 1m).";

    @Option(
            names = "--admin",
            paramLabel = "ADDRESS",
            description =
                    "The admin address of the instance. Default: " + Scraper.DEFAULT_ADDRESS + ".")
    String admin = Scraper.DEFAULT_ADDRESS;

    @Option(
            names = "--sample",
            paramLabel = "1/N",
            description = {
                "Connections of which a connection ID falls into one of N parts: its FNV-1a hash of 64 bits, modulo N."
                        + " Whoever uses the same samples the same connections. 1/1 takes every datagram.",
                "Default: 1/1000, or none with --cid or --drops."
            })
    private @Nullable String sample;

    @Option(
            names = "--part",
            paramLabel = "K",
            description = "Which of the N parts: 0 to N - 1. Default: 0.")
    private @Nullable String part;

    @Option(
            names = "--cid",
            paramLabel = "HEX",
            description = "The connection with this connection ID, of either end.")
    private @Nullable String cid;

    @Option(
            names = "--drops",
            paramLabel = "REASON,...|all",
            description =
                    "Dropped datagrams of these reasons (docs/reference/drop-reasons.md), of any connection.")
    private @Nullable String drops;

    @Option(
            names = "--drop-sample",
            paramLabel = "1/N",
            description = "Of those, every N-th of a reason in each thread. Default: 1/1.")
    private @Nullable String dropSample;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            description = "How long: 10s, 2m, at most 1h. Default: 10s. Ctrl-C ends it before.")
    private @Nullable String duration;

    @Option(
            names = "--snap",
            paramLabel = "OCTETS",
            description =
                    "How much of each datagram is kept: 64 to 65535. Default: 128, which is headers and no more.")
    private @Nullable String snap;

    /// @throws ParameterException if it cannot be understood
    TraceWish wish(CommandLine line) {
        return switch (TraceWish.of(texts())) {
            case Parsed.Good<TraceWish>(TraceWish wish) -> wish;
            case Parsed.Bad<TraceWish>(String what, String remedy) ->
                    throw new ParameterException(line, "--" + what + ". " + remedy);
        };
    }

    /// The path of the admin address that answers this.
    String path(String format) {
        Map<String, String> texts = texts();
        texts.put("format", format);
        return "/trace?"
                + texts.entrySet().stream()
                        .map(each -> each.getKey() + "=" + encoded(each.getValue()))
                        .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        put(texts, "sample", sample);
        put(texts, "part", part);
        put(texts, "cid", cid);
        put(texts, "drops", drops);
        put(texts, "drop-sample", dropSample);
        put(texts, "duration", duration);
        put(texts, "snap", snap);
        return texts;
    }

    private static void put(Map<String, String> texts, String name, @Nullable String text) {
        if (text != null) {
            texts.put(name, text);
        }
    }
}
