package dev.homing;

import dev.homing.command.Door;
import dev.homing.command.Shell;
import dev.homing.control.config.Configuration;
import dev.homing.control.config.Outcome;
import dev.homing.linux.BrokenMachine;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/// Where the process begins: arguments in, exit code out.
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(
                new Door(Shell.ofThisProcess(), Main::serve, Main::demonstrate, Main::rehearse)
                        .enter(arguments));
    }

    private static int serve(Configuration configuration, Supplier<Outcome> again, PrintStream out)
            throws IOException {
        Service service = new Service(again);
        service.obeySignals();
        try {
            return service.run(configuration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Service.INTERRUPTED;
        }
    }

    private static int demonstrate(boolean isKept, PrintStream out) throws IOException {
        try {
            return new Demonstration(out, System.err).run(isKept);
        } catch (BrokenMachine e) {
            throw new IOException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Service.INTERRUPTED;
        }
    }

    private static int rehearse() throws IOException {
        Path folder = Files.createTempDirectory("homing-rehearsal");
        try {
            return new Rehearsal(folder).run();
        } catch (BrokenMachine e) {
            throw new IOException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Service.INTERRUPTED;
        } finally {
            Files.deleteIfExists(folder.resolve(Rehearsal.FILE_NAME));
            Files.delete(folder);
        }
    }
}
