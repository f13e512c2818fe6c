package dev.homing.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static dev.homing.architecture.Plan.BASE;
import static dev.homing.architecture.Plan.CORE_ORDER;
import static dev.homing.architecture.Plan.HOMING;
import static dev.homing.architecture.Plan.LEDGER;
import static dev.homing.architecture.Plan.PLAN;
import static dev.homing.architecture.Plan.check;
import static dev.homing.architecture.Plan.coreRooms;
import static dev.homing.architecture.Plan.inside;
import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandleProxies;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The plan of the house: which room may know which. A failure names the class, the line and the
/// rule it broke.
final class RoomsTest {
    @Test
    void everyRoomHasItsPlaceInThePlan() {
        Set<String> unplanned =
                HOMING.stream()
                        .map(RoomsTest::roomOf)
                        .filter(room -> !room.isEmpty() && !PLAN.contains(room))
                        .collect(toCollection(TreeSet::new));

        assertEquals(Set.of(), unplanned, "add these rooms to the Plan");
    }

    @TestFactory
    Stream<DynamicTest> coreRoomsUseOnlyTheRoomsBelowThem() {
        return CORE_ORDER.stream()
                .flatMap(Set::stream)
                .sorted()
                .map(room -> DynamicTest.dynamicTest(room, () -> usesOnlyRoomsBelow(room)));
    }

    private static void usesOnlyRoomsBelow(String room) {
        String[] notBelow =
                CORE_ORDER.stream()
                        .limit(rowOf(room) + 1)
                        .flatMap(Set::stream)
                        .filter(other -> !other.equals(room))
                        .map(Plan::inside)
                        .toArray(String[]::new);
        check(
                noClasses()
                        .that()
                        .resideInAPackage(inside(room))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(notBelow)
                        .because("core rooms know only what is below them: " + CORE_ORDER));
    }

    @Test
    void ledgerStandsOnTheJdkAlone() {
        check(
                classes()
                        .that()
                        .resideInAPackage(inside(LEDGER))
                        .should()
                        .onlyDependOnClassesThat()
                        .resideInAnyPackage(inside(LEDGER), "java..", "org.jspecify.annotations")
                        .because("everyone uses the ledger"));
    }

    @Test
    void coreStandsOnTheJdkAndJctoolsAlone() {
        String[] allowed =
                Stream.concat(
                                Stream.of(coreRooms()),
                                Stream.of(
                                        "java..",
                                        "javax.crypto..",
                                        "org.jspecify.annotations",
                                        "org.jctools.."))
                        .toArray(String[]::new);
        check(
                classes()
                        .that()
                        .resideInAnyPackage(coreRooms())
                        .should()
                        .onlyDependOnClassesThat()
                        .resideInAnyPackage(allowed)
                        .because("the core has no machine around it"));
    }

    @Test
    void roomsFormNoCycles() {
        check(slices().matching(BASE + ".(*)..").should().beFreeOfCycles());
    }

    @Test
    void socketControlAndObserveDoNotKnowEachOther() {
        check(
                slices().matching(BASE + ".(socket|control|observe)..")
                        .should()
                        .notDependOnEachOther());
    }

    @Test
    void onlyLinuxCallsTheKernel() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackage(inside("linux"))
                        .should()
                        .dependOnClassesThat(belongToAnyOf(Linker.class, SymbolLookup.class))
                        .because("native calls are audited in one room"));
    }

    @Test
    void nettyStaysWhereDatagramsHttpAndNamesEnter() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackages(
                                BASE,
                                inside("socket"),
                                inside("observe"),
                                inside("demo"),
                                inside("netty"),
                                BASE + ".control.discovery")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("io.netty.."));
    }

    @Test
    void micrometerStaysInObserve() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackage(inside("observe"))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("io.micrometer..", "io.prometheus.."));
    }

    @Test
    void onlySignalsReachesForAClassTheJavaApiLacks() {
        check(
                noClasses()
                        .that()
                        .doNotHaveFullyQualifiedName(BASE + ".Signals")
                        .should()
                        .dependOnClassesThat(
                                belongToAnyOf(MethodHandleProxies.class)
                                        .or(resideInAnyPackage("sun..", "jdk.internal.."))));
    }

    private static int rowOf(String room) {
        return IntStream.range(0, CORE_ORDER.size())
                .filter(row -> CORE_ORDER.get(row).contains(room))
                .findFirst()
                .orElseThrow();
    }

    /// The part of the package name after dev.homing, up to the next dot; empty for dev.homing
    /// itself.
    private static String roomOf(JavaClass type) {
        String[] parts = type.getPackageName().split("\\.", -1);
        return parts.length > 2 ? parts[2] : "";
    }
}
