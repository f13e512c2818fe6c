package dev.homing.command;

import dev.homing.capture.CaptureFile;
import dev.homing.capture.Content;
import dev.homing.capture.Frame;
import dev.homing.capture.Frames;
import dev.homing.capture.UdpDatagram;
import dev.homing.control.config.Configuration;
import dev.homing.control.config.value.IpText;
import dev.homing.explain.Explainer;
import dev.homing.explain.Explanation;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Explains the datagrams of a capture, one a line, and counts what else is in it.
final class CaptureReport {

    private static final long NANOS_A_MICROSECOND = 1_000;
    private static final long MICROSECONDS_A_SECOND = 1_000_000;
    private static final long NANOS_A_SECOND = NANOS_A_MICROSECOND * MICROSECONDS_A_SECOND;

    private final Configuration configuration;
    private final Explainer explainer;
    private final OptionalInt only;
    private final OptionalInt others;
    private final Output output;
    private final PrintStream out;
    private final CaptureTally tally = new CaptureTally();
    private OptionalLong firstNanos = OptionalLong.empty();

    /// @param only the listener to whose port datagrams go that are looked at; empty for all
    ///   listeners
    /// @param others the listener that all other datagrams shall have come to; empty if they are
    ///   not looked at
    CaptureReport(
            Configuration configuration,
            OptionalInt only,
            OptionalInt others,
            Output output,
            PrintStream out) {
        this.configuration = configuration;
        this.explainer = new Explainer(configuration);
        this.only = only;
        this.others = others;
        this.output = output;
        this.out = out;
    }

    /// Prints a line for each datagram, and the sum; the latter also if the file turns out to be
    /// damaged.
    ///
    /// @throws IOException if it cannot be read to its end
    void print(Path file) throws IOException {
        try (Frames frames = CaptureFile.open(file)) {
            try {
                Optional<Frame> frame = frames.next();
                while (frame.isPresent()) {
                    print(frame.get());
                    frame = frames.next();
                }
            } finally {
                printSum();
            }
        }
    }

    private void print(Frame frame) {
        tally.countFrame();
        if (firstNanos.isEmpty()) {
            firstNanos = frame.nanos();
        }
        switch (Content.of(frame)) {
            case Content.Other other -> tally.count(other);
            case UdpDatagram datagram -> {
                OptionalInt listener = listener(datagram);
                if (listener.isPresent()) {
                    print(frame, datagram, listener.getAsInt());
                } else {
                    tally.countOtherPort();
                }
            }
        }
    }

    private OptionalInt listener(UdpDatagram datagram) {
        int receiving =
                only.isEmpty()
                        ? ListenerOption.receiving(configuration, datagram.to())
                        : configuration.listeners().get(only.getAsInt()).address().getPort()
                                        == datagram.to().getPort()
                                ? only.getAsInt()
                                : -1;
        return receiving >= 0 ? OptionalInt.of(receiving) : others;
    }

    private void print(Frame frame, UdpDatagram datagram, int listener) {
        Explanation told =
                explainer.explain(
                        listener,
                        datagram.payload(),
                        datagram.lengthBytes(),
                        Optional.of(datagram.from()));
        tally.count(told.verdict());
        out.println(
                output == Output.json
                        ? Json.line(values(frame, datagram, told))
                        : line(frame, datagram, told));
    }

    private String line(Frame frame, UdpDatagram datagram, Explanation told) {
        return "%d %s %s > %s %d %s"
                .formatted(
                        frame.number(),
                        seconds(frame),
                        IpText.print(datagram.from()),
                        IpText.print(datagram.to()),
                        datagram.lengthBytes(),
                        ExplanationText.brief(told));
    }

    /// Since the first frame, to the microsecond.
    private String seconds(Frame frame) {
        if (frame.nanos().isEmpty() || firstNanos.isEmpty()) {
            return "-";
        }
        long micros = (frame.nanos().getAsLong() - firstNanos.getAsLong()) / NANOS_A_MICROSECOND;
        return "%s%d.%06d"
                .formatted(
                        micros < 0 ? "-" : "",
                        Math.abs(micros / MICROSECONDS_A_SECOND),
                        Math.abs(micros % MICROSECONDS_A_SECOND));
    }

    private static Map<String, Object> values(Frame frame, UdpDatagram datagram, Explanation told) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("frame", frame.number());
        frame.nanos().ifPresent(nanos -> values.put("time", instant(nanos).toString()));
        values.put("from", IpText.print(datagram.from()));
        values.put("to", IpText.print(datagram.to()));
        values.putAll(ExplanationValues.of(told));
        return values;
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochSecond(
                Math.floorDiv(nanos, NANOS_A_SECOND), Math.floorMod(nanos, NANOS_A_SECOND));
    }

    private void printSum() {
        if (output == Output.json) {
            out.println(Json.line(Map.of("summary", tally.values())));
        } else {
            tally.lines().forEach(out::println);
        }
    }
}
