package dev.homing.control.config.cid;

import dev.homing.control.config.schema.CidSchema;
import dev.homing.control.config.schema.Key.ListOf;
import dev.homing.control.config.schema.Key.Section;
import dev.homing.control.config.source.Problems;
import dev.homing.control.config.source.Reading;
import dev.homing.control.config.source.Where;
import dev.homing.control.config.value.Shown;
import dev.homing.control.config.value.Suggestion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads one list of `server-id-mappings`.
final class ServerIdReading {

    private record Written(Optional<String> serverId, Optional<String> backend, Reading reading) {}

    private final Problems problems;
    private final List<Written> written = new ArrayList<>();

    ServerIdReading(Reading around, ListOf<Section> list, Problems problems) {
        this.problems = problems;
        Map<String, Where> places = new HashMap<>();
        for (Reading reading : around.each(list)) {
            Optional<String> serverId = reading.find(CidSchema.SERVER_ID);
            serverId.ifPresent(id -> checkFirst(id, reading, places));
            written.add(new Written(serverId, reading.find(CidSchema.SERVER_ID_BACKEND), reading));
        }
    }

    private void checkFirst(String serverId, Reading reading, Map<String, Where> places) {
        Where first = places.putIfAbsent(serverId, reading.where(CidSchema.SERVER_ID));
        if (first != null) {
            problem(
                    reading,
                    "server ID " + serverId + " is listed already, at " + first.text(),
                    "Remove one of the two: a server ID has one backend.");
        }
    }

    boolean isEmpty() {
        return written.isEmpty();
    }

    /// @param backends the names of the pool's backends; one that is not among them is a problem
    /// @param comesAndGoes whether the pool may have other backends at the next look: then a server
    ///   ID of one that is not there is left out, as long as there is any other
    List<CidSettings.ServerIdMapping> mappings(List<String> backends, boolean comesAndGoes) {
        boolean isAnyThere =
                written.stream()
                        .flatMap(one -> one.backend().stream())
                        .anyMatch(backends::contains);
        List<CidSettings.ServerIdMapping> mappings = new ArrayList<>();
        for (Written mapping : written) {
            mapping.backend()
                    .filter(name -> !backends.contains(name))
                    .ifPresent(name ->
                            sayMissing(
                                    mapping.reading(), name, backends, comesAndGoes && isAnyThere));
            if (mapping.serverId().isPresent()
                    && mapping.backend().filter(backends::contains).isPresent()) {
                mappings.add(
                        new CidSettings.ServerIdMapping(
                                mapping.serverId().get(), mapping.backend().get()));
            }
        }
        return mappings;
    }

    private void sayMissing(Reading reading, String name, List<String> backends, boolean mayCome) {
        if (backends.isEmpty()) {
            return; // none could be read, which is reported
        }
        Where where = reading.where(CidSchema.SERVER_ID_BACKEND);
        String path = reading.path(CidSchema.SERVER_ID_BACKEND);
        String remedy =
                Suggestion.didYouMean(name, backends)
                        + "Its backends are "
                        + Listed.of(backends)
                        + ".";
        if (mayCome) {
            problems.warn(
                    where,
                    path,
                    "there is no backend " + Shown.value(name) + " in this pool now",
                    remedy + " The server ID means nothing until there is.");
        } else {
            problems.add(
                    where,
                    path,
                    "there is no backend " + Shown.value(name) + " in this pool",
                    remedy);
        }
    }

    /// @param octets that each server ID must have
    /// @param by what says so
    void checkLength(int octets, String by) {
        for (Written mapping : written) {
            mapping.serverId()
                    .filter(serverId -> serverId.length() != 2 * octets)
                    .ifPresent(serverId ->
                            problem(
                                    mapping.reading(),
                                    "%s is not of the %d octets that %s asks for"
                                            .formatted(serverId, octets, by),
                                    "Give " + 2 * octets + " hexadecimal digits."));
        }
    }

    /// mvfst's host ID 0 means none.
    void refuseZero() {
        for (Written mapping : written) {
            if (mapping.serverId().filter(serverId -> serverId.matches("0+")).isPresent()) {
                problem(mapping.reading(), "host ID 0 means none", "Give another host ID.");
            }
        }
    }

    private void problem(Reading reading, String what, String remedy) {
        problems.add(
                reading.where(CidSchema.SERVER_ID),
                reading.path(CidSchema.SERVER_ID),
                what,
                remedy);
    }
}
