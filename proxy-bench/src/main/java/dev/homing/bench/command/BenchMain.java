package dev.homing.bench.command;

import dev.homing.command.Shell;

/// Where the process begins: arguments in, exit code out.
public final class BenchMain {

    private BenchMain() {}

    public static void main(String[] arguments) {
        System.exit(new BenchDoor(Shell.ofThisProcess()).enter(arguments));
    }
}
