package dev.homing.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.homing.diagnose.finding.Finding;
import java.util.List;
import java.util.function.UnaryOperator;

/// One change to a healthy scene, and all that the doctor says of it, in order: `severity label at
/// place (about), lost N`.
///
/// @param name a sentence
record Row(String name, UnaryOperator<Scene> change, List<String> expected) {

    static Row row(String name, UnaryOperator<Scene> change, String... expected) {
        return new Row(name, change, List.of(expected));
    }

    List<Finding> findings() {
        return Examination.of(change.apply(Scene.healthy()).interval()).findings();
    }

    void assertFound() {
        List<Finding> findings = findings();
        assertEquals(
                String.join("\n", expected),
                String.join("\n", findings.stream().map(Row::shown).toList()),
                () -> name + ": " + findings);
        for (Finding finding : findings) {
            String text = finding.remedy() + finding.command() + finding.evidence();
            assertFalse(text.matches("(?s).*\\{[a-z]+}.*"), () -> "a blank is left in " + text);
            assertFalse(finding.evidence().isEmpty(), () -> "no evidence: " + finding);
            assertFalse(finding.remedy().isEmpty(), () -> "no remedy: " + finding);
        }
    }

    private static String shown(Finding finding) {
        return "%s %s at %s%s%s"
                .formatted(
                        finding.severity().label(),
                        finding.trouble().label(),
                        finding.place().label(),
                        finding.about().isEmpty() ? "" : " (" + finding.about() + ")",
                        finding.lost() == 0 ? "" : ", lost " + Math.round(finding.lost()));
    }

    @Override
    public String toString() {
        return name;
    }
}
