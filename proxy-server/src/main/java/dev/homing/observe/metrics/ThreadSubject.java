package dev.homing.observe.metrics;

import dev.homing.ledger.Ledger;
import dev.homing.ledger.Side;
import dev.homing.observe.metrics.reading.ThreadReading;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// What each thread does, and what it costs.
record ThreadSubject(List<ThreadReading> threads) implements Subject {

    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    @Override
    public void write(Sheet sheet) {
        datagrams(sheet);
        Series turns =
                sheet.counter(
                        "homing_thread_turns_total",
                        "Rounds of a thread's work: a shard's turns, a receiver's series of receive calls.",
                        "thread");
        Series cpu =
                sheet.counter(
                        "homing_thread_cpu_seconds_total",
                        "CPU time of a thread; its share of the time is how busy the thread is.",
                        "thread");
        Series runnable =
                sheet.counter(
                        "homing_thread_runnable_seconds_total",
                        "Time that a thread was ready to run and got no CPU.",
                        "thread");
        for (ThreadReading thread : threads) {
            turns.put(thread.ledger().turns(), thread.name());
            thread.cpu()
                    .read()
                    .ifPresent(times -> {
                        cpu.put(times.runningNs() / NANOS_PER_SECOND, thread.name());
                        runnable.put(times.runnableNs() / NANOS_PER_SECOND, thread.name());
                    });
        }
    }

    private void datagrams(Sheet sheet) {
        Series received =
                sheet.counter(
                        "homing_thread_received_datagrams_total",
                        "Datagrams that a thread received.",
                        "thread",
                        "side");
        Series sent =
                sheet.counter(
                        "homing_thread_sent_datagrams_total",
                        "Datagrams that a thread sent.",
                        "thread",
                        "side");
        Series dropped =
                sheet.counter(
                        "homing_thread_dropped_datagrams_total",
                        "Datagrams that a thread dropped.",
                        "thread");
        for (ThreadReading thread : threads) {
            Ledger ledger = thread.ledger();
            for (Side side : Side.values()) {
                received.put(ledger.received(side), thread.name(), side.label());
                sent.put(ledger.sent(side), thread.name(), side.label());
            }
            dropped.put(ledger.dropped(Side.CLIENT) + ledger.dropped(Side.BACKEND), thread.name());
        }
    }
}
