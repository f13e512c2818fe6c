package dev.homing.control.config.cid;

import java.util.List;

/// Names in a sentence: a pool may have thousands of backends.
final class Listed {

    private static final int MOST = 10;

    private Listed() {}

    static String of(List<String> names) {
        return names.size() <= MOST
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, MOST))
                        + " and "
                        + (names.size() - MOST)
                        + " more";
    }
}
