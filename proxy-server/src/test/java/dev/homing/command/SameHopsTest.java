package dev.homing.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.homing.ledger.Side;
import dev.homing.observe.http.AdminServer;
import dev.homing.observe.http.Health;
import dev.homing.observe.http.Reply;
import dev.homing.observe.path.Place;
import dev.homing.observe.path.Reference;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The hops as `homing doctor`, `homing top` and the live page tell of them: the same names in the
/// same order.
final class SameHopsTest {

    private static final Pattern CELL_END = Pattern.compile(" {2,}");

    private static Typed type(String... words) throws IOException {
        try (AdminServer instance =
                AdminServer.open(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        type -> "homing_datagrams_received_total{side=\"client\"} 1\n",
                        () -> Health.good("ok"),
                        () -> Health.good("ok"),
                        Map.of(),
                        query -> new Reply.Refused(409, "no traces here"))) {
            List<String> line = new ArrayList<>(List.of(words));
            line.addAll(List.of("--interval", "100ms"));
            line.addAll(List.of("--admin", ":" + instance.address().getPort()));
            return Typed.of(line);
        }
    }

    private static List<Place> hops(Side from) {
        return Stream.of(Place.values()).filter(place -> place.isOnTheWayFrom(from)).toList();
    }

    private static List<String> titles(Side from) {
        return hops(from).stream().map(Place::title).toList();
    }

    /// The first cells of the rows below a heading, which are further in than it is.
    private static List<String> firstCells(String text, String heading, String indent) {
        return text.lines()
                .dropWhile(line -> !line.startsWith(heading))
                .skip(1)
                .takeWhile(line -> line.startsWith(indent))
                .map(line -> CELL_END.split(line.strip(), 2)[0])
                .toList();
    }

    private static List<String> found(String json, String key) {
        return Pattern.compile('"' + key + "\": ?\"([a-z-]+)\"")
                .matcher(json)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    @Test
    void peopleReadTheSameTitlesInTheSameOrder() throws IOException {
        String doctor = type("doctor").out();
        for (Side from : Side.values()) {
            assertEquals(titles(from), firstCells(doctor, "  " + Place.way(from), "    "), doctor);
        }
        // Both ways in one table: a hop that both have stands in one row.
        String top = type("top", "--once").out();
        assertEquals(titles(Side.CLIENT), firstCells(top, "path ", "  "), top);
        assertEquals(
                List.of(),
                titles(Side.BACKEND).stream()
                        .filter(title -> !titles(Side.CLIENT).contains(title))
                        .toList());
    }

    @Test
    void programsReadTheSameWordsInTheSameOrder() throws IOException {
        List<String> words =
                Stream.of(Side.CLIENT, Side.BACKEND)
                        .flatMap(from -> hops(from).stream())
                        .map(Place::label)
                        .toList();

        // The findings have places, too.
        String doctor = type("doctor", "--output", "json").out();
        assertEquals(words, found(doctor.substring(0, doctor.indexOf("\"findings\"")), "step"));
        assertEquals(words, found(type("top", "--once", "--output", "json").out(), "hop"));
        // What the live page is drawn from.
        assertEquals(words, found(Json.line(Reference.values()), "name"));
    }
}
