/// A soak: minutes of real QUIC through a Homing that runs as production does, while its
/// configuration changes, its servers and it itself are killed, and strangers flood it.
///
/// ```
/// plan/ ── what happens, from a seed ──► Conductor ──► fleet/    processes: Homing, QUIC servers
///                                            │    └──► traffic/  clients that compare octets, floods
///                                            ▼
///                                         model/  what may fail; everything else is a violation
///                                            ▼
///                                         report/
/// ```
///
/// Comes in: [dev.homing.bench.soak.SoakOptions]. Goes out: an
/// [dev.homing.bench.soak.report.Outcome]. **Thread:** the caller's conducts.
@NullMarked
package dev.homing.bench.soak;

import org.jspecify.annotations.NullMarked;
