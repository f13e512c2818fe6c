package dev.homing.kit.world;

import dev.homing.kit.Cid;
import dev.homing.kit.Packets;
import dev.homing.kit.Place;
import dev.homing.route.PoolMember;
import java.util.List;
import java.util.SplittableRandom;

/// What reaches a port on the Internet uninvited.
final class Noise {

    private static final int LONGEST_BYTES = 80;

    private Noise() {}

    /// @param stranger an address that nobody has
    static Flight of(SplittableRandom random, Place stranger, Border border, Fleet fleet) {
        Place listener = border.listener(stranger.isIpv4());
        List<Place> ports = border.backendPorts();
        Place port = ports.isEmpty() ? listener : ports.get(random.nextInt(ports.size()));
        return switch (random.nextInt(6)) {
            case 0 -> new Flight(stranger, listener, octets(random), 0);
            case 1 -> new Flight(stranger.withPort(0), listener, octets(random), 0);
            case 2 -> new Flight(stranger, port, octets(random), 0);
            case 3 -> new Flight(server(random, fleet), port, reset(random), 0);
            case 4 -> new Flight(stranger, listener, reset(random), 0);
            default -> new Flight(stranger, listener, initial(random), 0);
        };
    }

    private static byte[] octets(SplittableRandom random) {
        byte[] octets = new byte[random.nextInt(LONGEST_BYTES)];
        random.nextBytes(octets);
        return octets;
    }

    private static byte[] reset(SplittableRandom random) {
        return Packets.statelessReset(random, 1 + random.nextInt(LONGEST_BYTES));
    }

    private static byte[] initial(SplittableRandom random) {
        return Packets.initial(Cid.random(random, 8), Cid.random(random, random.nextInt(21)));
    }

    private static Place server(SplittableRandom random, Fleet fleet) {
        List<PoolMember> members = fleet.members(random.nextInt(fleet.pools()));
        return Place.of(members.get(random.nextInt(members.size())).backend());
    }
}
