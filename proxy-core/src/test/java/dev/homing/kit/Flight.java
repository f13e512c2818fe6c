package dev.homing.kit;

/// A datagram between two machines.
public record Flight(Place from, Place to, byte[] payload, int ecn) {}
