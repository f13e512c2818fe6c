/// What one configuration value can be, each kind with the text it is read from and printed as.
///
/// **In:** the text of one scalar. **Out:** a typed value, or one sentence saying what is wrong and
/// one saying what to do. Nothing here knows of files, keys or the network: a host name stays a
/// name. **Thread:** any; all is immutable.
@NullMarked
package dev.homing.control.config.value;

import org.jspecify.annotations.NullMarked;
