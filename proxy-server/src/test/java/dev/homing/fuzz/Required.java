package dev.homing.fuzz;

/// What must hold, with assertions off, too.
final class Required {

    private Required() {}

    static void holds(boolean condition, String what) {
        if (!condition) {
            throw new IllegalStateException(what);
        }
    }
}
