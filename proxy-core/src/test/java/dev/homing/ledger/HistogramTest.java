package dev.homing.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.kit.Seeded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HistogramTest {

    @RegisterExtension final Seeded seeded = new Seeded();

    @ParameterizedTest
    @CsvSource({
        "TRAIN, -1, 0",
        "TRAIN, 0, 0",
        "TRAIN, 1, 0",
        "TRAIN, 2, 1",
        "TRAIN, 3, 2",
        "TRAIN, 4, 2",
        "TRAIN, 5, 3",
        "TRAIN, 64, 6",
        "TRAIN, 65, 7",
        "TRAIN, 128, 7",
        "TRAIN, 129, 8",
        "FORWARD, 999, 0",
        "FORWARD, 1000, 0",
        "FORWARD, 1001, 1",
        "FORWARD, 2000, 1",
        "FORWARD, 2001, 2",
        "FORWARD, 4001, 3",
        "FORWARD, 1048576000, 20",
        "FORWARD, 1048576001, 21",
        "FORWARD, 9223372036854775807, 21",
    })
    void aValueGoesIntoTheFirstBucketThatHoldsIt(Histogram histogram, long value, int bucket) {
        assertEquals(bucket, histogram.bucket(value));
    }

    @ParameterizedTest
    @EnumSource
    void everyValueIsWithinTheBoundsOfItsBucket(Histogram histogram) {
        for (int i = 0; i < 10_000; i++) {
            long value = seeded.random().nextLong() >>> seeded.random().nextInt(1, 64);
            int bucket = histogram.bucket(value);
            assertTrue(bucket == histogram.bounds() || value <= histogram.bound(bucket));
            assertTrue(bucket == 0 || value > histogram.bound(bucket - 1));
        }
    }

    /// What there can be: 64 slots of 64 datagrams received, 64 entries of 128 sent.
    @Test
    void boundsReachAsFarAsBatchesAndTrainsDo() {
        assertEquals(64 * 64, Histogram.RECEIVE_BATCH.bound(Histogram.RECEIVE_BATCH.bounds() - 1));
        assertEquals(64 * 128, Histogram.SEND_BATCH.bound(Histogram.SEND_BATCH.bounds() - 1));
        assertEquals(128, Histogram.TRAIN.bound(Histogram.TRAIN.bounds() - 1));
    }
}
