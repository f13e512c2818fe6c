package dev.homing.command;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/// What was built from what, and what it runs on.
///
/// @param version and `commit` come from the manifest of the jar: `unknown` when the classes lie in
///   a folder
public record Build(String version, String commit, String java, String netty, String os) {

    private static final String UNKNOWN = "unknown";

    public static Build ofThisProcess() {
        Manifest manifest = manifest();
        return new Build(
                attribute(manifest, "Implementation-Version"),
                attribute(manifest, "Implementation-Commit"),
                System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")",
                nettyVersion(),
                System.getProperty("os.name")
                        + " "
                        + System.getProperty("os.version")
                        + " "
                        + System.getProperty("os.arch"));
    }

    private static String attribute(Manifest manifest, String name) {
        String value = manifest.getMainAttributes().getValue(name);
        return value == null ? UNKNOWN : value;
    }

    private static Manifest manifest() {
        try {
            Path location =
                    Path.of(
                            Build.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI());
            if (Files.isRegularFile(location)) {
                try (JarFile jar = new JarFile(location.toFile())) {
                    @Nullable Manifest manifest = jar.getManifest();
                    return manifest == null ? new Manifest() : manifest;
                }
            }
        } catch (IOException | URISyntaxException unreadable) {
            return new Manifest();
        }
        return new Manifest();
    }

    /// From a file in the jar, because Netty's own classes take longer to load than all of `homing
    /// version`.
    private static String nettyVersion() {
        String resource = "/META-INF/maven/io.netty/netty-common/pom.properties";
        try (InputStream in = Build.class.getResourceAsStream(resource)) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("version", UNKNOWN);
        } catch (IOException unreadable) {
            return UNKNOWN;
        }
    }

    String text() {
        return "homing "
                + version
                + " (commit "
                + commit
                + ")\njava "
                + java
                + "\nnetty "
                + netty
                + "\n"
                + os;
    }

    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("version", version);
        values.put("commit", commit);
        values.put("java", java);
        values.put("netty", netty);
        values.put("os", os);
        return values;
    }
}
