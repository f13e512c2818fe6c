package dev.homing.admission;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.hash.SipHash;
import dev.homing.kit.Meeting;
import dev.homing.kit.Together;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// All shards count into the same buckets at once: in each second as many connections begin as the
/// rate says, and as many more as there are other shards at most.
class BucketsStressTest {

    private static final int SHARDS = 4;
    private static final int PER_SECOND = 50;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final Rate RATE = new Rate(PER_SECOND, SECOND_NS);

    private final Buckets buckets = new Buckets(Arena.ofAuto(), 2, new SipHash(1, 2), 0);

    /// One of the kinds of buckets.
    private interface Bucket {
        boolean begins(long time);
    }

    private boolean inAll(long time) {
        boolean allows = buckets.allowsInAll(RATE, time);
        if (allows) {
            buckets.takeInAll(RATE, time);
        }
        return allows;
    }

    private boolean towardABackend(long time) {
        boolean allows = buckets.allowsToward(1, RATE, time);
        if (allows) {
            buckets.takeToward(1, RATE, time);
        }
        return allows;
    }

    private boolean ofASource(long time) {
        return of(buckets.sources().source(1, 2, 128), time);
    }

    /// Each second another one, whose bucket is not there yet.
    private boolean ofANewSource(long time) {
        return of(buckets.sources().source(3, time, 128), time);
    }

    private boolean of(long source, long time) {
        boolean allows = buckets.sources().allows(source, RATE, time);
        if (allows) {
            buckets.sources().take(source, RATE, time);
        }
        return allows;
    }

    @Test
    void noneIsCountedTwiceOrNotAtAllBriefly() throws Exception {
        countTogether(1_000);
    }

    @Test
    @Tag("stress")
    void noneIsCountedTwiceOrNotAtAllAtLength() throws Exception {
        countTogether(200_000);
    }

    private List<Bucket> kinds() {
        return List.of(this::inAll, this::towardABackend, this::ofASource, this::ofANewSource);
    }

    private void countTogether(int seconds) throws Exception {
        for (Bucket bucket : kinds()) {
            Meeting meeting = new Meeting(SHARDS);
            AtomicInteger[] begun = new AtomicInteger[seconds];
            for (int second = 0; second < seconds; second++) {
                begun[second] = new AtomicInteger();
            }
            List<Together.Body> bodies = new ArrayList<>();
            for (int shard = 0; shard < SHARDS; shard++) {
                bodies.add(() -> {
                    for (int second = 0; second < seconds; second++) {
                        meeting.meet();
                        for (int i = 0; i < PER_SECOND; i++) {
                            if (bucket.begins(second * SECOND_NS)) {
                                begun[second].incrementAndGet();
                            }
                        }
                    }
                });
            }
            Together.run(bodies);
            for (int second = 0; second < seconds; second++) {
                int count = begun[second].get();
                assertTrue(
                        count >= PER_SECOND && count < PER_SECOND + SHARDS,
                        count + " in second " + second);
            }
        }
    }
}
