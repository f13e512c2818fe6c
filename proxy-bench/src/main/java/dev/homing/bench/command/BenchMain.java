package dev.homing.bench.command;

import dev.homing.command.Shell;
import java.util.Arrays;

/// Where the process begins: arguments in, exit code out. The first may be `soak`, which is a
/// command by itself.
public final class BenchMain {

    private BenchMain() {}

    public static void main(String[] arguments) {
        Shell shell = Shell.ofThisProcess();
        System.exit(
                arguments.length > 0 && arguments[0].equals(SoakCommand.NAME)
                        ? SoakCommand.enter(
                                shell, Arrays.copyOfRange(arguments, 1, arguments.length))
                        : new BenchDoor(shell).enter(arguments));
    }
}
