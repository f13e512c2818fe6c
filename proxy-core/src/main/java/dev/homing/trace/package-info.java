/// Sampled traces: what became of single datagrams, for those who ask.
///
/// ```
/// who asks ── Selection ──► TraceFeed ──► Tracer, one a thread ──► TraceRing ──► who asks
///                                         looks at datagrams       records
/// ```
///
/// Comes in: what to record, from the control side; datagrams, from the threads that move them.
/// Goes out: records, in a ring of fixed size for each thread; what finds no room is counted. While
/// nobody asks, a datagram costs one look at a field.
@NullMarked
package dev.homing.trace;

import org.jspecify.annotations.NullMarked;
