package dev.homing.observe.samples;

import java.io.IOException;

/// What was answered is not Prometheus text. The message names the line.
public final class UnreadableText extends IOException {

    private static final long serialVersionUID = 1;

    UnreadableText(int line, String what) {
        super("line " + line + ": " + what);
    }
}
