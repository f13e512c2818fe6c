package dev.homing.kit.world;

import dev.homing.kit.Place;

/// A datagram between two machines.
record Flight(Place from, Place to, byte[] payload, int ecn) {}
