/// What the operator wants: read from file, environment and options, checked as a whole, and handed
/// out as one immutable value or as the list of all that is wrong with it.
///
/// **In:** [dev.homing.control.config.source.Sources]. **Out:** an [Outcome] with a [Configuration]
/// whose addresses are resolved. Rooms below: `source` (where it is written), `schema` (which keys
/// there are), `value` (what values look like). **Thread:** the one that starts or reloads; names
/// are resolved on short-lived threads of their own.
@NullMarked
package dev.homing.control.config;

import org.jspecify.annotations.NullMarked;
