package dev.homing.command;

import dev.homing.observe.samples.Scraper;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which instance is asked.
final class AdminOption {

    @Option(
            names = "--admin",
            paramLabel = "ADDRESS",
            description =
                    "The admin address of the instance. Default: HOMING_ADMIN_ADDRESS, or "
                            + Scraper.DEFAULT_ADDRESS
                            + ".")
    private @Nullable String admin;

    boolean isGiven() {
        return admin != null;
    }

    /// The variable is what the instance in the same container listens on: all addresses there are
    /// this machine's.
    String address(Shell shell) {
        if (admin != null) {
            return admin;
        }
        String configured = shell.environment().getOrDefault("HOMING_ADMIN_ADDRESS", "");
        if (configured.isEmpty() || configured.equals("off")) {
            return Scraper.DEFAULT_ADDRESS;
        }
        return configured.replaceFirst("^(0\\.0\\.0\\.0|\\[::]|\\*)(?=:)", "127.0.0.1");
    }
}
