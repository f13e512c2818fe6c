/// The books: where every datagram ended. Each thread that moves datagrams writes its own [Ledger];
/// anyone reads them together as [Books]. At every moment of rest
///
/// ```
/// received from clients  = sent to backends + dropped on that side, by reason + queued
/// received from backends = sent to clients  + dropped on that side, by reason
/// ```
///
/// Comes in: counts, from every room. Goes out: sums, to metrics and tests. Writing: one thread a
/// ledger. Reading: any.
@NullMarked
package dev.homing.ledger;

import org.jspecify.annotations.NullMarked;
