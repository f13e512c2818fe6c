/// What the wiring hands to the metrics: where each value is read from, at each scrape.
///
/// Comes in: the data plane's books, threads, queues and sockets, and what the configuration allows
/// them. Goes out: the same, to [dev.homing.observe.metrics.Metrics]. The scraping thread reads.
@NullMarked
package dev.homing.observe.metrics.reading;

import org.jspecify.annotations.NullMarked;
