package dev.homing.observe.http;

import java.io.IOException;
import java.io.OutputStream;

/// An answer that goes on for a while, and ends when its time is over or its reader goes away. Used
/// by the server's own thread only.
public non-sealed interface LongAnswer extends Reply {

    String contentType();

    /// Whether it has begun; asked again and again until then. The head of the answer is sent when
    /// it has.
    boolean hasBegun();

    /// Whether its time is over, so that no more is to come than what is there now.
    boolean isOver();

    /// Writes what has come since the last call, up to some hundred kilobytes.
    ///
    /// @return whether there is more already
    boolean write(OutputStream out) throws IOException;

    /// Writes what stands at the end.
    void writeEnd(OutputStream out) throws IOException;

    /// It is not wanted any more; after its end too.
    void close();
}
