/// Where configuration comes from: a YAML file, environment variables and options, laid over each
/// other in one tree that remembers the place of everything written in it.
///
/// **In:** a file name, the environment, the options. **Out:** a [Tree] under a [Reading] that
/// speaks the language of the schema, and [Problems] with the place of each. **Thread:** the one
/// that starts or reloads; nothing is shared.
@NullMarked
package dev.homing.control.config.source;

import org.jspecify.annotations.NullMarked;
