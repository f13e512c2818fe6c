/// The doctor: where datagrams are lost, and why, from two readings of an instance's metrics.
///
/// **In:** an [dev.homing.observe.samples.Interval]. **Out:** a [Diagnosis]: the way in its order
/// with rates and losses, the first step that loses, and findings with their remedies. **Thread:**
/// any; pure.
///
/// ```
/// Examination ─► arrival · inside · departure · surroundings     one check a file
///                   each ─► finding                              what they have in common
/// ```
@NullMarked
package dev.homing.diagnose;

import org.jspecify.annotations.NullMarked;
