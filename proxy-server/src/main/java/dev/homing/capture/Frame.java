package dev.homing.capture;

import java.util.OptionalLong;

/// A frame as it was captured.
///
/// @param number from 1, as Wireshark counts
/// @param nanos since the beginning of 1970; empty where the file does not say
/// @param linkType what the frame begins with, see [LinkLayer]
/// @param octets that were captured: fewer than there were, if the capture was told so
public record Frame(long number, OptionalLong nanos, int linkType, byte[] octets) {}
