package dev.homing;

import dev.homing.command.Demo;
import dev.homing.command.Door;
import dev.homing.command.Launch;
import dev.homing.command.Shell;
import dev.homing.linux.BrokenMachine;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/// Where the process begins: arguments in, exit code out.
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        Optional<WarmUp> warmUp = Optional.empty();
        Shell shell = Shell.ofThisProcess();
        RunningNames names = new RunningNames();
        if (arguments.length > 0 && arguments[0].equals("run")) {
            // Two threads must not be the first to log: the second would get a log that is not
            // there yet.
            LoggerFactory.getILoggerFactory();
            warmUp = Optional.of(WarmUp.begin());
            shell = shell.withNetwork(names::network);
        }
        System.exit(
                new Door(shell, launch(warmUp, names), Main::demonstrate, Main::rehearse)
                        .enter(arguments));
    }

    private static Launch launch(Optional<WarmUp> warmUp, RunningNames names) {
        return (first, again, out) -> {
            Service service =
                    new Service(
                            again,
                            names::reading,
                            Supervisor.of(System.getenv(), ProcessHandle.current().pid()));
            service.obeySignals();
            names.tell(service);
            try {
                if (warmUp.isPresent()) {
                    warmUp.get().end();
                }
                return service.run(first);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Service.INTERRUPTED;
            }
        };
    }

    private static int demonstrate(Demo.Part part, PrintStream out) throws IOException {
        try {
            return switch (part) {
                case Demo.Show(boolean isKept) -> new Demonstration(out, System.err).run(isKept);
                case Demo.Server server -> new DemonstrationParts(out).serve(server);
                case Demo.Client client -> new DemonstrationParts(out).visit(client);
            };
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
