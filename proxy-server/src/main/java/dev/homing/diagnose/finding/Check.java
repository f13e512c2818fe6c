package dev.homing.diagnose.finding;

import dev.homing.observe.samples.Interval;
import java.util.List;

/// Looks for what is known to go wrong in one place. Pure: the same numbers, the same findings.
///
/// A number that is not there says nothing: an older instance, or a container that hides a file,
/// must not look ill.
@FunctionalInterface
public interface Check {

    List<Finding> findings(Interval interval);
}
