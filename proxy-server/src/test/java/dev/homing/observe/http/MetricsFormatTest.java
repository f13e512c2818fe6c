package dev.homing.observe.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MetricsFormatTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | TEXT",
                "*/* | TEXT",
                "text/plain | TEXT",
                "text/html,application/xhtml+xml,*/*;q=0.8 | TEXT",
                "application/openmetrics-text | OPEN_METRICS",
                "Application/OpenMetrics-Text; Version=1.0.0; Q=0.1 | OPEN_METRICS",
                "application/openmetrics-text;q=0 | TEXT",
                "application/openmetrics-text;q=0.2, text/plain;q=0.3 | TEXT",
                "application/openmetrics-text;q=0.3, text/plain;q=0.3 | OPEN_METRICS",
                "application/openmetrics-text;q=x | OPEN_METRICS",
                "application/openmetrics-text-x | TEXT",
                ",;,=;q | TEXT",
                // What Prometheus 3 sends.
                "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
                        + "application/openmetrics-text;version=0.0.1;q=0.5,"
                        + "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,"
                        + "text/plain;version=0.0.4;q=0.3,*/*;q=0.2 | OPEN_METRICS",
            })
    void choosesWhatTheClientPrefers(String accept, MetricsFormat format) {
        assertEquals(format, MetricsFormat.preferredBy(accept));
    }
}
