package dev.homing.reference;

import dev.homing.cid.Unroutable;
import dev.homing.ledger.DropReason;
import dev.homing.ledger.Event;
import dev.homing.ledger.Migration;
import dev.homing.ledger.RouteMethod;
import dev.homing.observe.metrics.Metrics;
import dev.homing.testkit.QuietReadings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReferencePagesTest {

    private static final String MADE =
            "<!-- Made from the code; ./homing test -Dhoming.docs.write=true writes it anew. -->\n\n";

    @Test
    void pageOfDropReasonsSaysWhatTheCodeSays() throws IOException {
        StringBuilder page =
                new StringBuilder(MADE)
                        .append("# Drop reasons\n\n")
                        .append(
                                "Every datagram that is not forwarded is counted in `homing_datagrams_dropped_total` with one of\n")
                        .append(
                                "these reasons, on the side (`client`, `backend`) that it was received from.\n\n")
                        .append("| reason | what happened | what to do |\n|---|---|---|\n");
        for (DropReason reason : DropReason.values()) {
            page.append(
                    "| `%s` | %s | %s |%n"
                            .formatted(reason.label(), reason.sentence(), reason.remedy()));
        }
        Page.assertCurrent("drop-reasons.md", page.toString());
    }

    @Test
    void pageOfMetricsSaysWhatTheCodeSays() throws IOException {
        StringBuilder page =
                new StringBuilder(MADE)
                        .append("# Metrics\n\n")
                        .append(
                                "At `/metrics` of the admin address, as Prometheus text or OpenMetrics. Beside these there are the usual\n")
                        .append("`jvm_*`, `process_*` and `system_*` of Micrometer's binders.\n\n")
                        .append("| metric | type | labels | what it says |\n|---|---|---|---|\n");
        for (Metric metric : metrics()) {
            page.append(
                    "| `%s` | %s | %s | %s |%n"
                            .formatted(
                                    metric.name(), metric.type(), metric.labels(), metric.help()));
        }
        page.append("\nAt every moment of rest the books balance:\n\n```\n")
                .append(
                        "received{side=client}  = sent{side=backend} + dropped{side=client}  + queue depths\n")
                .append(
                        "received{side=backend} = sent{side=client}  + dropped{side=backend}\n```\n\n")
                .append("## method\n\n| method | meaning |\n|---|---|\n");
        for (RouteMethod method : RouteMethod.values()) {
            page.append("| `%s` | %s |%n".formatted(method.label(), method.sentence()));
        }
        page.append("\n## event\n\n| event | meaning |\n|---|---|\n");
        for (Event event : Event.values()) {
            page.append("| `%s` | %s |%n".formatted(event.label(), event.sentence()));
        }
        page.append("\n## kind\n\n| kind | what has changed about the client |\n|---|---|\n");
        for (Migration kind : Migration.values()) {
            page.append("| `%s` | %s |%n".formatted(kind.label(), kind.sentence()));
        }
        page.append("\n## reason\n\nOf dropped datagrams, see [drop-reasons.md](drop-reasons.md). ")
                .append("Of connection IDs that a scheme could not read:\n\n")
                .append("| reason | meaning |\n|---|---|\n");
        for (Unroutable reason : Unroutable.values()) {
            page.append("| `%s` | %s |%n".formatted(reason.label(), reason.sentence()));
        }
        page.append(MachineTable.markdown());
        Page.assertCurrent("metrics.md", page.toString());
    }

    private record Metric(String name, String type, String labels, String help) {}

    private static List<Metric> metrics() {
        String text;
        try (Metrics metrics = new Metrics(new QuietReadings().readings())) {
            text = metrics.scrape("text/plain");
        }
        List<Metric> found = new ArrayList<>();
        Pattern.compile("# HELP (homing_\\S+) (.*)\n# TYPE \\S+ (\\S+)\n((?:homing_.*\n)+)")
                .matcher(text)
                .results()
                .filter(match -> !MachineTable.has(match.group(1)))
                .forEach(match ->
                        found.add(
                                new Metric(
                                        match.group(1),
                                        match.group(3),
                                        labels(match.group(4)),
                                        match.group(2))));
        return found;
    }

    private static String labels(String series) {
        TreeSet<String> labels = new TreeSet<>();
        Pattern.compile("[{,]([a-z_]+)=\"")
                .matcher(series)
                .results()
                .forEach(match -> labels.add(match.group(1)));
        labels.remove("le"); // every histogram's, of its buckets
        return String.join(", ", labels);
    }
}
