package dev.homing.bench.compare;

/// How long and how often is measured.
///
/// @param rounds in which all subjects get their turn
/// @param seconds of each measurement
/// @param warmUpSeconds of traffic before the first one, for what runs on a JVM
public record Pace(int rounds, double seconds, double warmUpSeconds) {

    public static final Pace FULL = new Pace(5, 3, 15);
    public static final Pace QUICK = new Pace(3, 0.6, 1.5);
}
