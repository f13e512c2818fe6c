/// How the connection IDs of a pool's servers name them: from the keys of
/// [dev.homing.control.config.schema.CidSchema] to [CidSettings], with all problems.
///
/// Comes in: a pool's section of the configuration, and its backends. The control plane's thread.
@NullMarked
package dev.homing.control.config.cid;

import org.jspecify.annotations.NullMarked;
