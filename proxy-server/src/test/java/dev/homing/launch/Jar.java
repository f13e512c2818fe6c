package dev.homing.launch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/// Writes jar files.
final class Jar {

    private Jar() {}

    /// @param classPath names of other jars in its folder, separated by blanks
    /// @param entries name to content
    static void write(Path jar, String mainClass, String classPath, Map<String, URL> entries)
            throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        if (!mainClass.isEmpty()) {
            attributes.put(Attributes.Name.MAIN_CLASS, mainClass);
        }
        if (!classPath.isEmpty()) {
            attributes.put(Attributes.Name.CLASS_PATH, classPath);
        }
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest)) {
            for (Map.Entry<String, URL> entry : entries.entrySet()) {
                out.putNextEntry(new JarEntry(entry.getKey()));
                try (InputStream content = entry.getValue().openStream()) {
                    content.transferTo(out);
                }
            }
        }
    }

    /// All files of a folder.
    static void writeFolder(Path jar, Path folder) throws IOException {
        Map<String, URL> entries = new TreeMap<>();
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            entries.put(folder.relativize(file).toString(), file.toUri().toURL());
        }
        write(jar, "", "", entries);
    }
}
