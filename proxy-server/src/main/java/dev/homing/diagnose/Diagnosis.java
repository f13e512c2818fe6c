package dev.homing.diagnose;

import dev.homing.diagnose.finding.Finding;
import dev.homing.diagnose.finding.Severity;
import java.util.List;
import java.util.Optional;

/// What the doctor says.
///
/// @param seconds that were looked at
/// @param verdict one sentence, or two
/// @param way in its order
/// @param findings those that lose first, in the order of the way; then the others, the worst first
/// @param unknown what could not be looked at, one sentence each
public record Diagnosis(
        double seconds,
        String verdict,
        List<Stage> way,
        List<Finding> findings,
        List<String> unknown) {

    public Diagnosis {
        way = List.copyOf(way);
        findings = List.copyOf(findings);
        unknown = List.copyOf(unknown);
    }

    /// The first finding on the way that loses datagrams.
    public Optional<Finding> firstLoss() {
        return firstLoss(findings);
    }

    static Optional<Finding> firstLoss(List<Finding> findings) {
        return findings.stream().filter(Finding::isLoss).findFirst();
    }

    /// What is only worth knowing does not make an instance ill.
    public boolean isHealthy() {
        return findings.stream().map(Finding::severity).noneMatch(Severity::isProblem);
    }
}
