package dev.homing.reference;

import dev.homing.diagnose.Examination;
import dev.homing.diagnose.finding.Trouble;
import dev.homing.observe.path.Place;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class FindingsPageTest {

    private static final String HEAD =
            """
            <!-- Made from the code; ./homing test -Dhoming.docs.write=true writes it anew. -->

            # Findings

            All that `homing doctor` can find, in the order of a datagram's way. An *error* loses datagrams or fails connections
            now; a *warning* loses none for it yet, or will under load; an *info* alone leaves an instance healthy. One finding
            may be at another place, or less bad, than usual: what the doctor prints counts. Words in capitals are filled in with
            names and numbers.
            """;

    @Test
    void pageOfFindingsSaysWhatTheCodeSays() throws IOException {
        StringBuilder page = new StringBuilder(HEAD);
        List<Trouble> troubles =
                Examination.troubles().stream()
                        .sorted(
                                Comparator.comparing(
                                        (Trouble trouble) -> trouble.account().place()))
                        .toList();
        for (Place place : Place.values()) {
            List<Trouble> here =
                    troubles.stream()
                            .filter(trouble -> trouble.account().place() == place)
                            .toList();
            if (!here.isEmpty()) {
                page.append("\n## ").append(place.fullTitle()).append("\n\n");
                page.append(
                        "| finding | severity | what is so | what to do |\n|---|---|---|---|\n");
                here.forEach(trouble -> page.append(row(trouble)));
            }
        }
        Page.assertCurrent("findings.md", page.toString());
    }

    private static String row(Trouble trouble) {
        Trouble.Account account = trouble.account();
        String command =
                account.command().isEmpty() ? "" : " `" + cell(blanks(account.command())) + "`";
        return "| `%s` | %s | %s | %s%s |\n"
                .formatted(
                        trouble.label(),
                        account.severity().label(),
                        cell(account.sentence()),
                        cell(blanks(account.remedy())),
                        command);
    }

    /// `{octets}` as `OCTETS`.
    private static String blanks(String text) {
        return Pattern.compile("\\{([a-z]+)}")
                .matcher(text)
                .replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
