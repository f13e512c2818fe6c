package dev.homing;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

/// What was built, as the manifest of its jar says.
///
/// @param number of the version
/// @param commit of the sources
public record Version(String number, String commit) {

    private static final String TITLE = "proxy-server";
    private static final String UNKNOWN = "unknown";

    /// Of the running program; "unknown" when it does not run from its jar.
    public static Version current() {
        try {
            for (URL url :
                    Collections.list(
                            Version.class.getClassLoader().getResources("META-INF/MANIFEST.MF"))) {
                try (InputStream in = url.openStream()) {
                    Attributes attributes = new Manifest(in).getMainAttributes();
                    if (attributes.getValue("Implementation-Commit") != null
                            && url.getPath().contains(TITLE)) {
                        return new Version(
                                attributes.getValue(Attributes.Name.IMPLEMENTATION_VERSION),
                                attributes.getValue("Implementation-Commit"));
                    }
                }
            }
        } catch (IOException _) {
            return new Version(UNKNOWN, UNKNOWN); // a version is no reason not to run
        }
        return new Version(UNKNOWN, UNKNOWN);
    }
}
