package dev.homing.command;

/// What the process tells the one who started it.
final class ExitCode {

    static final int OK = 0;

    /// The machine does not allow what was asked for, or there is a defect.
    static final int FAILED = 1;

    /// The arguments cannot be understood.
    static final int USAGE = 2;

    /// sysexits.h: EX_CONFIG.
    static final int BAD_CONFIGURATION = 78;

    private ExitCode() {}
}
