package dev.homing.observe.metrics;

import dev.homing.observe.metrics.reading.ThreadReading;
import java.util.List;

/// What traces took, and what they had no room for.
record TraceSubject(List<ThreadReading> threads) implements Subject {

    @Override
    public void write(Sheet sheet) {
        Series records =
                sheet.counter(
                        "homing_trace_records_total",
                        "Datagrams and trains that a thread recorded for traces.",
                        "thread");
        Series lost =
                sheet.counter(
                        "homing_trace_records_lost_total",
                        "Datagrams and trains that a thread was to record for a trace, and had no room for.",
                        "thread");
        for (ThreadReading thread : threads) {
            records.put(thread.traces().written(), thread.name());
            lost.put(thread.traces().lost(), thread.name());
        }
    }
}
