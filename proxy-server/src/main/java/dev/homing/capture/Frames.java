package dev.homing.capture;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/// The frames of a capture file, in their order.
public sealed interface Frames extends Closeable permits PcapFrames, PcapngFrames {

    /// Empty at the end.
    ///
    /// @throws IOException if the file is damaged or cannot be read any more; the message is a
    ///   sentence without the file's name
    Optional<Frame> next() throws IOException;
}
