/// What well-known servers put into their connection IDs, in terms of the schemes there are.
///
/// Comes in: what the operator of such servers knows (a secrets file, addresses, server IDs). Goes
/// out: a [dev.homing.cid.CidScheme], or a format for one. Runs when a configuration is loaded; any
/// thread.
@NullMarked
package dev.homing.cid.preset;

import org.jspecify.annotations.NullMarked;
