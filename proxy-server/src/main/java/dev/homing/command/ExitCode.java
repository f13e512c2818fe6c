package dev.homing.command;

/// What the process tells the one who started it.
public final class ExitCode {

    public static final int OK = 0;

    /// The machine does not allow what was asked for, or there is a defect.
    public static final int FAILED = 1;

    /// The arguments cannot be understood.
    public static final int USAGE = 2;

    /// sysexits.h: EX_CONFIG.
    public static final int BAD_CONFIGURATION = 78;

    private ExitCode() {}
}
