package dev.homing.control.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The folders in which something decides about what a path leads to: the one that the file is in,
/// and each one with a link on the way.
///
/// Kubernetes gives a ConfigMap other contents by renaming one link, on which all others stand:
///
/// ```
/// /etc/homing/homing.yaml → ..data/homing.yaml
/// /etc/homing/..data      → ..2026_01_31_12_00_00.123456789     this one
/// /etc/homing/..2026_01_31_12_00_00.123456789/homing.yaml
/// ```
final class Links {

    /// As many as Linux follows (path_resolution(7)).
    private static final int LINKS_MAX = 40;

    private final Set<Path> folders = new LinkedHashSet<>();
    private int links;

    private Links() {}

    static Set<Path> folders(Path file) {
        Links way = new Links();
        way.follow(file.toAbsolutePath());
        return way.folders;
    }

    /// @param path absolute; `..` is taken for what the kernel takes it for, after the links before
    ///   it
    private void follow(Path path) {
        Path done = path.getRoot();
        for (int i = 0; i < path.getNameCount(); i++) {
            Path name = path.getName(i);
            if (name.toString().equals("..")) {
                done = done.getParent() == null ? done : done.getParent();
                continue;
            }
            Path next = done.resolve(name);
            Path leadsTo = link(next);
            if (leadsTo != null && ++links <= LINKS_MAX) {
                folders.add(done);
                Path whole = done.resolve(leadsTo);
                for (int j = i + 1; j < path.getNameCount(); j++) {
                    whole = whole.resolve(path.getName(j));
                }
                follow(whole);
                return;
            }
            if (i == path.getNameCount() - 1) {
                folders.add(done);
            }
            done = next;
        }
    }

    private static @Nullable Path link(Path path) {
        try {
            return Files.isSymbolicLink(path) ? Files.readSymbolicLink(path) : null;
        } catch (IOException e) {
            return null; // it is gone again
        }
    }
}
