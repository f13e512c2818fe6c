package dev.homing.observe.trace;

import java.io.IOException;
import java.io.OutputStream;

/// How a trace is told.
interface TraceWriter {

    String contentType();

    /// Before the first datagram.
    void begin(OutputStream out) throws IOException;

    void write(TracedDatagram datagram, OutputStream out) throws IOException;

    /// Behind the last one.
    ///
    /// @param nanos since the beginning of 1970
    /// @param records that were written
    /// @param lost that found no room
    void end(long nanos, long records, long lost, OutputStream out) throws IOException;
}
