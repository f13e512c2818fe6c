package dev.homing;

import dev.homing.control.config.source.Problem;
import dev.homing.control.config.source.Where;
import dev.homing.control.reload.ReloadResult;
import dev.homing.observe.metrics.reading.NamesReading;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/// What a proxy has around it that knows where its configuration comes from.
///
/// @param reload has the configuration read again; done when it is in force or refused. Any thread
/// @param names how the names of backends are resolved. Any thread
record Surroundings(Supplier<CompletionStage<ReloadResult>> reload, Supplier<NamesReading> names) {

    /// Of a proxy that was given its configuration by a program.
    static final Surroundings NONE =
            new Surroundings(
                    () ->
                            CompletableFuture.completedFuture(
                                    refused(
                                            "this instance has no source to read its configuration from again",
                                            "Start it with homing run.")),
                    () -> NamesReading.NONE);

    static ReloadResult.Refused refused(String what, String remedy) {
        return new ReloadResult.Refused(
                List.of(new Problem(new Where.Nowhere(), "", what, remedy)), List.of());
    }
}
