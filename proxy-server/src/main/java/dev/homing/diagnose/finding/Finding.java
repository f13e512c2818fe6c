package dev.homing.diagnose.finding;

import dev.homing.observe.path.Place;
import java.util.List;

/// Something that is wrong, or worth knowing.
///
/// @param about which one, where there are several: a thread, an interface; empty else
/// @param lost datagrams that were lost for it in the interval; 0 if it only may come to that
/// @param evidence the numbers, one sentence each
/// @param remedy a sentence
/// @param command what to type, or the option to start with; empty if the remedy is not of that
///   kind
public record Finding(
        Trouble trouble,
        Place place,
        Severity severity,
        String about,
        double lost,
        List<String> evidence,
        String remedy,
        String command) {

    public Finding {
        evidence = List.copyOf(evidence);
    }

    public static Finding of(Trouble trouble, String... evidence) {
        return new Finding(
                trouble,
                trouble.account().place(),
                trouble.account().severity(),
                "",
                0,
                List.of(evidence),
                trouble.account().remedy(),
                trouble.account().command());
    }

    public Finding about(String which) {
        return new Finding(trouble, place, severity, which, lost, evidence, remedy, command);
    }

    public Finding at(Place where) {
        return new Finding(trouble, where, severity, about, lost, evidence, remedy, command);
    }

    public Finding as(Severity other) {
        return new Finding(trouble, place, other, about, lost, evidence, remedy, command);
    }

    public Finding losing(double datagrams) {
        return new Finding(trouble, place, severity, about, datagrams, evidence, remedy, command);
    }

    /// Fills a blank of the remedy and the command, which is written `{name}`.
    public Finding with(String name, Object value) {
        String blank = "{" + name + "}";
        return new Finding(
                trouble,
                place,
                severity,
                about,
                lost,
                evidence,
                remedy.replace(blank, String.valueOf(value)),
                command.replace(blank, String.valueOf(value)));
    }

    /// Instead of what is usual for such trouble.
    public Finding remedy(String sentence, String command) {
        return new Finding(trouble, place, severity, about, lost, evidence, sentence, command);
    }

    /// Whether datagrams were lost that should not have been.
    public boolean isLoss() {
        return lost > 0 && severity.isProblem();
    }
}
