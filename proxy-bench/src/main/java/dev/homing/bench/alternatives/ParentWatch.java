package dev.homing.bench.alternatives;

import java.io.IOException;

/// Ends the process when who started it has gone: standard input ends then.
final class ParentWatch {

    private ParentWatch() {}

    static void start() {
        Thread watch =
                new Thread(
                        () -> {
                            try {
                                while (System.in.read() >= 0) {
                                    // nothing is ever said
                                    continue;
                                }
                            } catch (IOException gone) {
                                Runtime.getRuntime().halt(1);
                            }
                            Runtime.getRuntime().halt(0);
                        },
                        "parent-watch");
        watch.setDaemon(true);
        watch.start();
    }
}
