package dev.homing.fuzz;

import dev.homing.capture.CaptureFile;
import dev.homing.capture.Content;
import dev.homing.capture.Frame;
import dev.homing.capture.Frames;
import dev.homing.capture.UdpDatagram;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;

/// Any octets as a capture file: frames come, to its end or to a sentence that says what is wrong.
public final class CaptureTarget {

    private CaptureTarget() {}

    public static void fuzzerTestOneInput(byte[] octets) {
        try (Frames frames = CaptureFile.of(new ByteArrayInputStream(octets))) {
            Optional<Frame> frame = frames.next();
            while (frame.isPresent()) {
                check(frame.get(), octets.length);
                frame = frames.next();
            }
        } catch (IOException e) {
            Required.holds(e.getMessage() != null, "nothing is said of what is wrong");
        }
    }

    private static void check(Frame frame, int fileBytes) {
        Required.holds(frame.octets().length <= fileBytes, "a frame longer than the file");
        if (Content.of(frame) instanceof UdpDatagram datagram) {
            Required.holds(
                    datagram.payload().length <= frame.octets().length,
                    "a payload longer than its frame");
        }
    }
}
