package dev.homing.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static dev.homing.architecture.Plan.HOMING;
import static dev.homing.architecture.Plan.check;
import static dev.homing.architecture.Plan.coreRooms;
import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaPackage;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// What code does not do here, whichever room it is in.
final class HabitsTest {
    private static final List<String> EMPTY_ENDINGS =
            List.of(
                    "Manager",
                    "Helper",
                    "Util",
                    "Utils",
                    "Impl",
                    "Base",
                    "Context",
                    "Data",
                    "Info",
                    "Processor",
                    "Handler");

    /// Built by the control plane's thread, once per change of configuration; what datagrams ask of
    /// them streams nothing.
    private static final Set<String> TABLE_BUILDERS =
            Set.of(
                    "dev.homing.route.MaglevTable",
                    "dev.homing.route.Pool",
                    "dev.homing.route.RoutingTable");

    @Test
    void coreReadsNoClock() {
        check(
                noClasses()
                        .that()
                        .resideInAnyPackage(coreRooms())
                        .should()
                        .callMethod(System.class, "nanoTime")
                        .orShould()
                        .callMethod(System.class, "currentTimeMillis")
                        .orShould()
                        .dependOnClassesThat()
                        .haveFullyQualifiedName("java.time.Clock")
                        .orShould()
                        .dependOnClassesThat()
                        .haveFullyQualifiedName("java.time.Instant")
                        .because("a turn has one time, read once by its caller"));
    }

    @Test
    void coreNeitherPrintsNorLogs() {
        check(
                noClasses()
                        .that()
                        .resideInAnyPackage(coreRooms())
                        .should()
                        .accessField(System.class, "out")
                        .orShould()
                        .accessField(System.class, "err")
                        .orShould()
                        .dependOnClassesThat()
                        .resideInAnyPackage("java.util.logging..", "org.slf4j..")
                        .because("each of them costs allocations, locks or both per datagram"));
    }

    @Test
    void coreStreamsOnlyWhereItBuildsTables() {
        check(
                noClasses()
                        .that()
                        .resideInAnyPackage(coreRooms())
                        .and(not(haveFullyQualifiedNameIn(TABLE_BUILDERS)))
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("java.util.stream..")
                        .because("a stream allocates per use"));
    }

    @Test
    void namesSayWhatAThingIs() {
        for (String ending : EMPTY_ENDINGS) {
            check(
                    noClasses()
                            .should()
                            .haveSimpleNameEndingWith(ending)
                            .because("such a name fits everything and so says nothing"));
        }
    }

    @Test
    void everyPackageSaysWhatItIsForAndIsNullMarked() {
        Set<String> silent =
                HOMING.stream()
                        .map(JavaClass::getPackage)
                        .distinct()
                        .filter(room -> !isNullMarked(room))
                        .map(JavaPackage::getName)
                        .collect(toCollection(TreeSet::new));

        assertEquals(Set.of(), silent, "packages without a package-info.java with @NullMarked");
    }

    private static boolean isNullMarked(JavaPackage room) {
        return room.tryGetPackageInfo()
                .map(info -> info.isAnnotatedWith(NullMarked.class))
                .orElse(false);
    }

    private static DescribedPredicate<JavaClass> haveFullyQualifiedNameIn(Set<String> names) {
        return describe("are one of " + names, type -> names.contains(type.getFullName()));
    }
}
