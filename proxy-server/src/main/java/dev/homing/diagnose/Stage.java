package dev.homing.diagnose;

import dev.homing.observe.path.Place;
import java.util.OptionalDouble;

/// One hop of the way in numbers.
///
/// @param passed datagrams a second that went on from here (packets, where the kernel counts
///   those); empty if nobody counts them
/// @param lost datagrams a second that did not; empty if nobody counts them
/// @param note what else there is to say; may be empty
public record Stage(Place place, OptionalDouble passed, OptionalDouble lost, String note) {}
