package dev.homing.control.trace;

import dev.homing.control.config.value.Durations;
import dev.homing.control.config.value.Kind;
import dev.homing.control.config.value.Numbers;
import dev.homing.control.config.value.Parsed;
import dev.homing.control.config.value.Shown;
import dev.homing.control.config.value.Suggestion;
import dev.homing.ledger.DropReason;
import dev.homing.quic.QuicHeader;
import dev.homing.trace.Selection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What to trace, and for how long.
///
/// @param oneIn how many parts connection IDs are shared out to; 0 for none, 1 for every datagram
/// @param part which of them is taken
/// @param connectionId in hexadecimal, empty for none
/// @param drops taken whatever their connection
/// @param oneDropIn each so many-th of them
/// @param snapBytes how much of each datagram is kept
public record TraceWish(
        long oneIn,
        long part,
        String connectionId,
        Set<DropReason> drops,
        long oneDropIn,
        Duration duration,
        int snapBytes) {

    /// Enough for a long header with both connection IDs, whatever else is in front of the payload.
    public static final int DEFAULT_SNAP_BYTES = 128;

    /// What has to be kept of a datagram so that its connection IDs are there.
    private static final int LEAST_SNAP_BYTES = 64;

    private static final String DEFAULT_SAMPLE = "1/1000";
    private static final String DEFAULT_DURATION = "10s";
    private static final String ALL = "all";
    private static final int MAX_PARTS = 1_000_000_000;

    private static final Pattern FRACTION = Pattern.compile("1/([1-9][0-9]{0,9})");
    private static final Kind<Duration> DURATION =
            Durations.between(Duration.ofMillis(100), Duration.ofHours(1));
    private static final Kind<Integer> SNAP = Numbers.between(LEAST_SNAP_BYTES, 65_535);

    /// The names of what can be said.
    public static final List<String> NAMES =
            List.of("sample", "part", "cid", "drops", "drop-sample", "duration", "snap");

    public TraceWish {
        drops = Set.copyOf(drops);
    }

    /// The first of several words that cannot be understood is what is told.
    ///
    /// @param texts by the names of [#NAMES]; what is not there has its default. With neither of
    ///   `sample`, `cid` and `drops`, the sample is 1/1000.
    public static Parsed<TraceWish> of(Map<String, String> texts) {
        for (String name : texts.keySet()) {
            if (!NAMES.contains(name)) {
                return Parsed.bad(
                        "nothing here is called " + Shown.value(name),
                        Suggestion.didYouMean(name, NAMES)
                                + "Give some of "
                                + String.join(", ", NAMES)
                                + ".");
            }
        }
        boolean isSampleImplied = !texts.containsKey("cid") && !texts.containsKey("drops");
        List<Parsed.Bad<?>> bad = new ArrayList<>();
        Reading reading = new Reading(texts, bad::add);
        String sample = texts.getOrDefault("sample", isSampleImplied ? DEFAULT_SAMPLE : "");
        long oneIn = sample.isEmpty() ? 0 : reading.get("sample", fraction(sample), 0L);
        long most = Math.max(1, Math.min(MAX_PARTS, oneIn)) - 1;
        TraceWish wish =
                new TraceWish(
                        oneIn,
                        reading.get("part", part(texts.getOrDefault("part", "0"), most), 0L),
                        reading.get("cid", cid(texts.getOrDefault("cid", "")), ""),
                        reading.get("drops", drops(texts.getOrDefault("drops", "")), Set.of()),
                        reading.get(
                                "drop-sample",
                                fraction(texts.getOrDefault("drop-sample", "1/1")),
                                1L),
                        reading.get(
                                "duration",
                                DURATION.read(texts.getOrDefault("duration", DEFAULT_DURATION)),
                                Duration.ZERO),
                        reading.get(
                                "snap",
                                SNAP.read(
                                        texts.getOrDefault(
                                                "snap", Integer.toString(DEFAULT_SNAP_BYTES))),
                                0));
        return bad.isEmpty()
                ? Parsed.good(wish)
                : Parsed.bad(bad.getFirst().what(), bad.getFirst().remedy());
    }

    /// Takes values out of what came of reading texts.
    private record Reading(Map<String, String> texts, Consumer<Parsed.Bad<?>> complain) {

        <T> T get(String name, Parsed<T> parsed, T otherwise) {
            return switch (parsed) {
                case Parsed.Good<T>(T value) -> value;
                case Parsed.Bad<T>(String what, String remedy) -> {
                    complain.accept(new Parsed.Bad<T>(name + ": " + what, remedy));
                    yield otherwise;
                }
            };
        }
    }

    private static Parsed<Long> fraction(String text) {
        Matcher fraction = FRACTION.matcher(text);
        if (!fraction.matches() || Long.parseLong(fraction.group(1)) > MAX_PARTS) {
            return Parsed.bad(
                    Shown.value(text) + " is not one of so many",
                    "Write 1/1000 for one in a thousand; at most 1/" + MAX_PARTS + ".");
        }
        return Parsed.good(Long.parseLong(fraction.group(1)));
    }

    private static Parsed<Long> part(String text, long most) {
        return switch (Numbers.between(0, (int) most).read(text)) {
            case Parsed.Good<Integer>(Integer value) -> Parsed.good((long) value);
            case Parsed.Bad<Integer>(String what, String remedy) -> Parsed.bad(what, remedy);
        };
    }

    private static Parsed<String> cid(String text) {
        String digits = text.toLowerCase(Locale.ROOT).replace(":", "");
        boolean isHex = digits.matches("(?:[0-9a-f]{2})*");
        if (!isHex || digits.length() > 2 * QuicHeader.MAX_CONNECTION_ID_BYTES) {
            return Parsed.bad(
                    Shown.value(text) + " is not a connection ID",
                    "Give 1 to 20 octets in hexadecimal: 0767947d29be054a.");
        }
        return Parsed.good(digits);
    }

    private static Parsed<Set<DropReason>> drops(String text) {
        if (text.equals(ALL)) {
            return Parsed.good(EnumSet.allOf(DropReason.class));
        }
        List<String> labels = Arrays.stream(DropReason.values()).map(DropReason::label).toList();
        Set<DropReason> drops = EnumSet.noneOf(DropReason.class);
        for (String word : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            int index = labels.indexOf(word.strip().replace('-', '_'));
            if (index < 0) {
                return Parsed.bad(
                        Shown.value(word) + " is not a drop reason",
                        Suggestion.didYouMean(word, labels)
                                + "Give all, or some of "
                                + String.join(",", labels)
                                + ".");
            }
            drops.add(DropReason.values()[index]);
        }
        return Parsed.good(drops);
    }

    /// @param number of the trace
    public Selection selection(int number) {
        return new Selection(
                number,
                oneIn,
                part,
                HexFormat.of().parseHex(connectionId),
                drops,
                oneDropIn,
                snapBytes);
    }
}
