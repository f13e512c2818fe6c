package dev.homing.observe.trace;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// Times of records, for people and programs: in UTC, to the microsecond.
final class TraceTimes {

    private static final long NANOS_A_SECOND = 1_000_000_000L;

    private static final DateTimeFormatter WHOLE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter OF_DAY =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

    private TraceTimes() {}

    /// @param nanos since the beginning of 1970
    static String whole(long nanos) {
        return WHOLE.format(instant(nanos));
    }

    static String ofDay(long nanos) {
        return OF_DAY.format(instant(nanos));
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochSecond(
                Math.floorDiv(nanos, NANOS_A_SECOND), Math.floorMod(nanos, NANOS_A_SECOND));
    }

    /// What the wall clock says when System.nanoTime() is 0.
    static long nanosOfZero() {
        Instant now = Instant.now();
        return now.getEpochSecond() * NANOS_A_SECOND + now.getNano() - System.nanoTime();
    }
}
