package dev.homing.control.config.source;

/// Something that may be used and is probably not meant. The parts are those of a [Problem].
public record Warning(Where where, String key, String what, String remedy) {

    @Override
    public String toString() {
        return where.text() + ": warning: " + key + ": " + what + ". " + remedy;
    }
}
