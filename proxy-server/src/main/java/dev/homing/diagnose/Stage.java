package dev.homing.diagnose;

import dev.homing.diagnose.finding.Step;
import java.util.OptionalDouble;

/// One step of the way in numbers.
///
/// @param passed datagrams a second that went on from here (packets, where the kernel counts
///   those); empty if nobody counts them
/// @param lost datagrams a second that did not; empty if nobody counts them
/// @param note what else there is to say; may be empty
public record Stage(Step step, OptionalDouble passed, OptionalDouble lost, String note) {}
