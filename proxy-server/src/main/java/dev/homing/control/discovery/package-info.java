/// The addresses behind names, asked for again when their time to live is over.
///
/// Comes in: the names that a configuration has, from [the
/// loader][dev.homing.control.config.ConfigurationLoader]. Goes out: their addresses, from memory
/// where they are known, and a call when a name has other addresses than before. Two threads of its
/// own: `names` waits, `resolver` talks to name servers (Netty).
@NullMarked
package dev.homing.control.discovery;

import org.jspecify.annotations.NullMarked;
