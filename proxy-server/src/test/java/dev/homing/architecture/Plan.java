package dev.homing.architecture;

import static java.util.stream.Collectors.toUnmodifiableSet;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/// The rooms there are, and the compiled classes that live in them.
final class Plan {
    static final String BASE = "dev.homing";

    /// The core, from the roof down: a room may use the rooms of the rows below its own.
    static final List<Set<String>> CORE_ORDER =
            List.of(
                    Set.of("shard"),
                    Set.of("relay"),
                    Set.of("session", "handoff", "trace"),
                    Set.of("route"),
                    Set.of("cid", "admission"),
                    Set.of("quic"),
                    Set.of("datagram"),
                    Set.of("hash"));

    /// The core's cellar: every room may use it, and it uses none.
    static final String LEDGER = "ledger";

    /// The machine around the core. Rooms may have rooms of their own, such as control.config.
    private static final Set<String> MACHINE =
            Set.of(
                    "socket",
                    "linux",
                    "control",
                    "observe",
                    "command",
                    "diagnose",
                    "explain",
                    "capture",
                    "demo",
                    "netty",
                    "rehearsal");

    private static final Set<String> CORE = union(List.of(union(CORE_ORDER), Set.of(LEDGER)));

    static final Set<String> PLAN = union(List.of(CORE, MACHINE));

    static final JavaClasses HOMING =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages(BASE);

    private Plan() {}

    /// A rule about a room that nobody has moved into yet passes. A misspelt room cannot hide
    /// behind that: see [#inside] and [RoomsTest#everyRoomHasItsPlaceInThePlan].
    static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(HOMING);
    }

    /// The room's package and those below it.
    static String inside(String room) {
        if (!PLAN.contains(room)) {
            throw new IllegalArgumentException("no such room in the plan: " + room);
        }
        return BASE + "." + room + "..";
    }

    static String[] coreRooms() {
        return CORE.stream().map(Plan::inside).toArray(String[]::new);
    }

    private static <T> Set<T> union(Collection<Set<T>> sets) {
        return sets.stream().flatMap(Set::stream).collect(toUnmodifiableSet());
    }
}
