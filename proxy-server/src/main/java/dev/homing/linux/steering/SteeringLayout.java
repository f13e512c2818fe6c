package dev.homing.linux.steering;

import java.util.Arrays;

/// How many octets of a connection ID belong to it for certain, by its first three bits, which are
/// QUIC-LB's config rotation bits (draft-ietf-quic-load-balancers section 3). Short headers do not
/// say it.
///
/// Immutable; any thread.
public final class SteeringLayout {

    /// Connection IDs with these first bits have no known length: the flow decides.
    public static final int UNKNOWN = 0;

    /// How many values the first three bits have.
    public static final int ROTATIONS = 8;

    private static final int MAX_OCTETS = 20;

    private final int[] octets;

    private SteeringLayout(int[] octets) {
        this.octets = octets;
    }

    /// @param octetsByRotation eight lengths, 1 to 20 or [#UNKNOWN]
    public static SteeringLayout of(int... octetsByRotation) {
        if (octetsByRotation.length != ROTATIONS
                || Arrays.stream(octetsByRotation).anyMatch(n -> n < 0 || n > MAX_OCTETS)) {
            throw new IllegalArgumentException(Arrays.toString(octetsByRotation));
        }
        return new SteeringLayout(octetsByRotation.clone());
    }

    /// All connection IDs have this length.
    public static SteeringLayout ofLength(int octets) {
        int[] all = new int[ROTATIONS];
        Arrays.fill(all, octets);
        return of(all);
    }

    /// @param rotation 0 to 7
    int octets(int rotation) {
        return octets[rotation];
    }

    /// The different lengths, shortest first, without the unknown.
    int[] lengths() {
        return Arrays.stream(octets).filter(n -> n != UNKNOWN).distinct().sorted().toArray();
    }

    /// Whether any connection ID can be steered.
    public boolean isKnown() {
        return lengths().length > 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SteeringLayout layout && Arrays.equals(octets, layout.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    @Override
    public String toString() {
        return Arrays.toString(octets);
    }
}
