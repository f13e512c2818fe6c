package dev.homing.reference;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What docs/SERVERS.md shows as a part of a tested server is one, word for word.
class ServersPageTest {

    private static final Path DOCS = Path.of("..", "docs");

    /// From [quiclb.go](../proxy-server/src/test/peers/quic-go/quiclb.go):
    ///
    /// ```go
    /// ...
    /// ```
    private static final Pattern EXCERPT =
            Pattern.compile(
                    "^From \\[[^]]+]\\(([^)]+)\\).*?\\n```\\w+\\n(.*?)^```",
                    Pattern.DOTALL | Pattern.MULTILINE);

    @Test
    void itsExcerptsAreInTheirFiles() throws IOException {
        String page = Files.readString(DOCS.resolve("SERVERS.md"));
        List<MatchResult> excerpts = EXCERPT.matcher(page).results().toList();
        assertTrue(excerpts.size() >= 6, () -> "only " + excerpts.size() + " excerpts were found");
        for (MatchResult excerpt : excerpts) {
            String file = excerpt.group(1);
            String source = Files.readString(DOCS.resolve(file));
            assertTrue(
                    withoutIndent(source).contains(withoutIndent(excerpt.group(2))),
                    () -> "no longer in " + file + ":\n" + excerpt.group(2));
        }
    }

    private static String withoutIndent(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining("\n"));
    }
}
