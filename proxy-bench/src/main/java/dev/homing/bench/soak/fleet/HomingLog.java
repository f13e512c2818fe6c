package dev.homing.bench.soak.fleet;

import dev.homing.bench.load.Values;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The log of one life of Homing, a JSON object a line, read as it grows.
public final class HomingLog {

    /// A line of it.
    ///
    /// @param event what happened, or a sentence
    /// @param text the whole line
    public record Entry(String level, String event, String text) {

        public boolean isError() {
            return level.equals("ERROR");
        }
    }

    private static final String DOWN = "backend-down";
    private static final String UP = "backend-up";

    private final Path file;
    private final List<Entry> entries = new ArrayList<>();
    private long readBytes;

    HomingLog(Path file) {
        this.file = file;
    }

    public Path file() {
        return file;
    }

    /// Everything so far, in order.
    public List<Entry> entries() throws IOException {
        byte[] all = Files.readAllBytes(file);
        int from = Math.toIntExact(readBytes);
        for (int end = nextLine(all, from); end >= 0; end = nextLine(all, from)) {
            entries.add(entry(new String(all, from, end - from, StandardCharsets.UTF_8)));
            from = end + 1;
        }
        readBytes = from;
        return List.copyOf(entries);
    }

    public long count(String event) throws IOException {
        return entries().stream().filter(entry -> entry.event().equals(event)).count();
    }

    /// Whether this life has found the backend at an address down, and not up since.
    public boolean isDown(String address) throws IOException {
        String named = "\"address\":\"" + address + "\"";
        return entries().stream()
                .filter(entry -> entry.event().equals(DOWN) || entry.event().equals(UP))
                .filter(entry -> entry.text().contains(named))
                .reduce((earlier, later) -> later)
                .map(entry -> entry.event().equals(DOWN))
                .orElse(false);
    }

    private static int nextLine(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private static Entry entry(String line) {
        try {
            Map<String, Object> values = Values.read(line);
            return new Entry(
                    Values.text(values, "level"), Values.text(values, "formattedMessage"), line);
        } catch (RuntimeException e) {
            // Whatever it is, it does not belong into a log of JSON.
            return new Entry("ERROR", "a line that is no JSON", line);
        }
    }
}
