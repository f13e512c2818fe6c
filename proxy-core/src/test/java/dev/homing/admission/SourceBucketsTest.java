package dev.homing.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.hash.SipHash;
import dev.homing.kit.Seeded;
import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SourceBucketsTest {

    private static final long SECOND_NS = 1_000_000_000L;
    private static final int SOURCES_THAT_FIT = 1 << 18;

    @RegisterExtension final Seeded seeded = new Seeded();

    private final SourceBuckets buckets = new SourceBuckets(Arena.ofAuto(), new SipHash(1, 2));

    private boolean begins(long source, Rate rate, long nowNs) {
        boolean allows = buckets.allows(source, rate, nowNs);
        if (allows) {
            buckets.take(source, rate, nowNs);
        }
        return allows;
    }

    private long stranger() {
        return buckets.source(seeded.random().nextLong(), seeded.random().nextLong(), 128);
    }

    @Test
    void theFirstBitsMakeASource() {
        assertEquals(buckets.source(-1, -1, 64), buckets.source(-1, 7, 64));
        assertEquals(buckets.source(-1, -1, 120), buckets.source(-1, -256, 120));
        assertEquals(buckets.source(0xff00, 3, 56), buckets.source(0xffff, 4, 56));
        assertFalse(buckets.source(-1, -1, 64) == buckets.source(-1, 0, 128), "another length");
        assertFalse(buckets.source(0, 1, 128) == buckets.source(0, 0, 128));
        assertEquals(buckets.source(1, 2, 0), buckets.source(3, 4, 0));
    }

    /// Of each rate that can be configured, within one in a hundred.
    @Test
    void theRateIsKeptOverAMinute() {
        for (int perSecond : new int[] {1, 2, 7, 60, 1_000, 33_333, 100_000}) {
            Rate rate = new Rate(perSecond, SECOND_NS);
            long source = stranger();
            long begun = 0;
            long stepNs = Math.max(1, SECOND_NS / perSecond / 3);
            int seconds = perSecond > 1_000 ? 3 : 60;
            for (long now = 0; now < seconds * SECOND_NS; now += stepNs) {
                begun += begins(source, rate, now) ? 1 : 0;
            }
            double expected = (seconds + 1.0) * perSecond; // and the burst
            assertEquals(expected, (double) begun, 1 + expected / 100, perSecond + " a second");
        }
    }

    /// The table holds a quarter of the flood: each of its addresses comes once.
    @Test
    void aFloodOfForgedSourcesNeitherFreesWhoIsAtHisLimitNorRefusesAnybodyElse() {
        Rate rate = new Rate(10, SECOND_NS);
        long heavy = stranger();
        long honest = stranger();
        long now = 5 * SECOND_NS;
        long heavyBegun = 0;
        int flood = 4 * SOURCES_THAT_FIT;
        for (int i = 0; i < flood; i++) {
            assertTrue(begins(stranger(), rate, now), "a new source is never refused");
            if (i % 1024 == 0) {
                heavyBegun += begins(heavy, rate, now) ? 1 : 0;
            }
            if (i % (flood / 20) == 0) { // ten a second, within its limit
                assertTrue(begins(honest, rate, now), "one within its limit was refused");
            }
            now += 2 * SECOND_NS / flood; // 500 000 a second
        }
        assertTrue(heavyBegun <= 10 + 20 + 1, heavyBegun + " in two seconds, at ten a second");
    }

    /// All sources that fit are at their limit; then what comes once cannot push them out for long.
    @Test
    void whoOwesMostStaysLongest() {
        Rate rate = new Rate(4, SECOND_NS);
        long[] heavy = new long[SOURCES_THAT_FIT / 8];
        for (int i = 0; i < heavy.length; i++) {
            heavy[i] = stranger();
            for (int n = 0; n < 4; n++) {
                begins(heavy[i], rate, 0);
            }
        }
        for (int i = 0; i < 4 * SOURCES_THAT_FIT; i++) {
            begins(stranger(), rate, 0);
        }
        int forgotten = 0;
        for (long source : heavy) {
            forgotten += buckets.allows(source, rate, 0) ? 1 : 0;
        }
        assertTrue(
                forgotten < heavy.length / 50,
                forgotten + " of " + heavy.length + " are forgotten");
    }

    @Test
    void aThreadWhoseTimeIsBehindDoesNotForgetADebt() {
        Rate rate = new Rate(5, SECOND_NS);
        long source = stranger();
        for (int i = 0; i < 5; i++) {
            assertTrue(begins(source, rate, 10 * SECOND_NS));
        }
        assertFalse(buckets.allows(source, rate, 10 * SECOND_NS));
        assertFalse(buckets.allows(source, rate, 10 * SECOND_NS - SECOND_NS / 2));
    }
}
