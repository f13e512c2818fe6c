package dev.homing.observe.machine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The files below a root: the machine's, or a tree that a test has made. One thread at a time.
final class MachineFiles {

    /// Files below `/proc/sys` answer the first read only (proc_dointvec in kernel/sysctl.c returns
    /// 0 at any other offset), so that one must be long enough for all.
    private static final int READ_BYTES = 64 * 1024;

    private final Path root;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BYTES);

    MachineFiles(Path root) {
        this.root = root;
    }

    /// Empty if it cannot be read, for whatever reason: the kernel has many (ENOENT, EACCES, EINVAL
    /// of a device that is down).
    ///
    /// @param path below the root
    Optional<String> text(String path) {
        StringBuilder text = new StringBuilder();
        try (SeekableByteChannel file = Files.newByteChannel(root.resolve(path))) {
            while (file.read(buffer.clear()) > 0) {
                text.append(StandardCharsets.ISO_8859_1.decode(buffer.flip()));
            }
            return Optional.of(text.toString());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// What is in a folder, in order; nothing if it cannot be read.
    List<String> names(String folder) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root.resolve(folder))) {
            entries.forEach(entry -> names.add(entry.getFileName().toString()));
        } catch (IOException | DirectoryIteratorException e) {
            return List.of();
        }
        names.sort(null);
        return names;
    }

    boolean exists(String path) {
        return Files.exists(root.resolve(path));
    }
}
