package dev.homing;

import dev.homing.testkit.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class WarmUpTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void sendsDatagramsThereAndBackAndLeavesNoThreadBehind() throws Exception {
        WarmUp warmUp = WarmUp.begin();
        Eventually.holds(() -> "nothing was answered", PATIENCE, () -> warmUp.answered() > 0);
        warmUp.end();

        Eventually.holds(() -> "left: " + threads(), PATIENCE, () -> threads().isEmpty());
    }

    private static Set<String> threads() {
        List<String> ours = List.of("warm-up", "shard-", "recv-");
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> ours.stream().anyMatch(name::startsWith))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
