/// The keys of the configuration, written down once: name, kind of value, default and one sentence
/// of meaning.
///
/// From this one tree come the reading of files, the names of environment variables, the detection
/// of unknown keys, `print-config` and the reference page. **In:** nothing. **Out:** [Schema]'s
/// constants, which serve as typed handles. **Thread:** any; all is immutable.
@NullMarked
package dev.homing.control.config.schema;

import org.jspecify.annotations.NullMarked;
