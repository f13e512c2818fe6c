package dev.homing.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The part of a file that a program writes, between two marks; the rest is written by people.
///
/// @param begin a line
/// @param end another one
public record MarkedBlock(String begin, String end) {

    /// Puts a text between the marks of a file; a file that does not exist begins with them.
    ///
    /// @throws IOException if the file cannot be written, or exists without the marks
    public void write(Path file, String content) throws IOException {
        String text = Files.exists(file) ? Files.readString(file) : begin + "\n" + end + "\n";
        int from = text.indexOf(begin);
        int to = text.indexOf(end);
        if (from < 0 || to < from) {
            throw new IOException(
                    file
                            + " has no place for the results. Put these two lines where they shall stand:\n"
                            + begin
                            + "\n"
                            + end);
        }
        Files.writeString(
                file,
                text.substring(0, from + begin.length())
                        + "\n\n"
                        + content
                        + "\n"
                        + text.substring(to));
    }
}
