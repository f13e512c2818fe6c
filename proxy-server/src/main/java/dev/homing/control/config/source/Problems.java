package dev.homing.control.config.source;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Collects all that is wrong, so that it can be put right in one go, and the files that were read,
/// so that it can be tried again when one of them has changed.
public final class Problems {

    private final List<Problem> problems = new ArrayList<>();
    private final List<Warning> warnings = new ArrayList<>();
    private final List<FileRead> files = new ArrayList<>();

    public void add(Where where, String key, String what, String remedy) {
        problems.add(new Problem(where, key, what, remedy));
    }

    public void warn(Where where, String key, String what, String remedy) {
        warnings.add(new Warning(where, key, what, remedy));
    }

    public boolean isEmpty() {
        return problems.isEmpty();
    }

    /// In the order of reading: by line in the file, then the environment, then the options.
    public List<Problem> sorted() {
        return problems.stream()
                .distinct()
                .sorted(
                        Comparator.comparingInt((Problem problem) -> problem.where().layer())
                                .thenComparingInt(problem -> line(problem.where()))
                                .thenComparingInt(problem -> column(problem.where())))
                .toList();
    }

    void cameFrom(FileRead file) {
        files.add(file);
    }

    /// Also those that could not be read.
    public List<FileRead> files() {
        return files.stream().distinct().toList();
    }

    public List<Warning> warnings() {
        return List.copyOf(warnings);
    }

    private static int line(Where where) {
        return where instanceof Where.InFile(String file, int line, int column) ? line : 0;
    }

    private static int column(Where where) {
        return where instanceof Where.InFile(String file, int line, int column) ? column : 0;
    }
}
