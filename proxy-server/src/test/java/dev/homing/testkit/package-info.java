/// What tests of the whole machine are made with: real QUIC stacks as servers and clients, and ways
/// to wait for them.
///
/// - **What for:** a test that says "a QUIC client survives this" uses a QUIC client that others
///   wrote.
/// - **Who comes in:** tests; each closes what it opened.
/// - **What goes out:** traffic on loopback, processes that this package started and no other ends,
///   and files in folders that the test gave.
/// - **Which thread:** the test's own. Waiting is polling with a deadline, see [Eventually].
@NullMarked
package dev.homing.testkit;

import org.jspecify.annotations.NullMarked;
