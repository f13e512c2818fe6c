package dev.homing.command;

/// What an answer is written for.
enum Output {
    /// People.
    text,
    /// Programs.
    json
}
