/// The processes of a soak: Homing as production runs it, and QUIC servers, each on a port that it
/// keeps when it is killed and started again; and a name server, in this process.
///
/// Comes in: what is to hold. Goes out: a configuration file, a file of addresses, answers to DNS
/// queries, processes, and what the kernel and the log say of them. **Thread:** the conductor's, if
/// nothing else is said.
@NullMarked
package dev.homing.bench.soak.fleet;

import org.jspecify.annotations.NullMarked;
