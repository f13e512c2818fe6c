package dev.homing.diagnose.departure;

import dev.homing.diagnose.finding.Advice;
import dev.homing.diagnose.finding.Check;
import dev.homing.diagnose.finding.Figures;
import dev.homing.diagnose.finding.Finding;
import dev.homing.diagnose.finding.Series;
import dev.homing.diagnose.finding.ThreadLoad;
import dev.homing.observe.samples.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Why buffers of ports toward backends overflow.
public final class AnswerBuffers implements Check {

    @Override
    public List<Finding> findings(Interval interval) {
        double lost = interval.increase(Series.PORT_DROPS);
        if (lost == 0) {
            return List.of();
        }
        List<ThreadLoad> shards =
                ThreadLoad.all(interval).stream()
                        .filter(load -> load.name().startsWith("shard-"))
                        .sorted(
                                Comparator.comparingDouble(
                                        (ThreadLoad load) -> -load.busy().orElse(0)))
                        .toList();
        if (shards.stream().anyMatch(ThreadLoad::isStopped)) {
            return List.of(); // told as that
        }
        double received = interval.increase(Series.RECEIVED, "side", "backend");
        List<String> evidence = new ArrayList<>();
        evidence.add(
                "ports toward backends lost %s datagrams and received %s"
                        .formatted(Figures.count(lost), Figures.count(received)));
        shards.stream().findFirst().ifPresent(load -> evidence.add(load.sentence()));
        double limit = interval.after().max(Series.PORT_LIMIT).orElse(0);
        boolean isBusy = !shards.isEmpty() && shards.getFirst().isBusy();
        return List.of(
                Finding.of(
                                isBusy
                                        ? DepartureTrouble.ANSWERS_TOO_FAST
                                        : DepartureTrouble.ANSWER_BUFFER_TOO_SMALL,
                                evidence.toArray(new String[0]))
                        .losing(lost)
                        .with("threads", Advice.threads(Math.max(1, shards.size()), received, lost))
                        .with(
                                "octets",
                                Advice.buffer(
                                        limit,
                                        lost,
                                        (received + lost) / interval.seconds(),
                                        Advice.payload(interval))));
    }
}
