/// The metrics that Homing shows: read from the books at each scrape, never pushed from the hot
/// path.
///
/// Comes in: what [dev.homing.observe.metrics.reading] lists. Goes out: Prometheus text. The
/// scraping thread.
///
/// No client address and no connection ID is ever a label: labels are sides, reasons, methods,
/// states, events, threads, listening addresses, and the names that the operator gave to backends.
@NullMarked
package dev.homing.observe.metrics;

import org.jspecify.annotations.NullMarked;
