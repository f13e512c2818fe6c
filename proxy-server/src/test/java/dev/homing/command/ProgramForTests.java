package dev.homing.command;

import org.slf4j.LoggerFactory;

/// The program with a proxy that only says that it was started, to be run in a process of its own.
final class ProgramForTests {

    private ProgramForTests() {}

    public static void main(String[] arguments) {
        Launch launch =
                (first, again, out) -> {
                    LoggerFactory.getLogger("test")
                            .atInfo()
                            .addKeyValue("listeners", first.configuration().listeners().size())
                            .log("started");
                    LoggerFactory.getLogger("test").debug("not to be seen");
                    return 3;
                };
        System.exit(
                new Door(Shell.ofThisProcess(), launch, (isKept, out) -> 4, () -> 5)
                        .enter(arguments));
    }
}
