/// What the machine under the proxy says of itself: `/proc` and `/sys`, read once for each scrape.
///
/// **In:** files. **Out:** [dev.homing.observe.machine.reading.Reading]s whose counters never go
/// back. **Thread:** the scraping one.
///
/// A file that is not there or may not be read, as in many containers, leaves out what it would
/// have said.
@NullMarked
package dev.homing.observe.machine;

import org.jspecify.annotations.NullMarked;
