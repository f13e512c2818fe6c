package dev.homing.session;

import dev.homing.datagram.Address;

/// The local addresses that sessions may use toward backends of one IP family: blocks of addresses
/// that are routed to this machine, numbered through; or none, and the kernel chooses.
///
/// Immutable; any thread.
public final class SourceAddresses {

    /// The number of an address that is in no block.
    public static final int UNKNOWN = -1;

    /// One number, for "the kernel chooses".
    public static final SourceAddresses ANY = new SourceAddresses(new Block[0]);

    /// A run of consecutive addresses.
    ///
    /// @param high upper word of all of them, as in [Address]
    /// @param low lower word of the first
    public record Block(long high, long low, int count) {}

    private final Block[] blocks;
    private final int count;

    private SourceAddresses(Block[] blocks) {
        this.blocks = blocks;
        int total = 0;
        for (Block block : blocks) {
            total = Math.addExact(total, block.count());
        }
        count = blocks.length == 0 ? 1 : total;
    }

    public static SourceAddresses of(Block... blocks) {
        return blocks.length == 0 ? ANY : new SourceAddresses(blocks.clone());
    }

    /// How many sessions to one backend a port can carry.
    public int count() {
        return count;
    }

    /// Whether there are blocks, so that each datagram must say its source address, and be asked
    /// for its local one.
    public boolean areChosen() {
        return blocks.length > 0;
    }

    /// Writes the address with a number; none when the kernel chooses.
    public void read(int number, Address into) {
        int rest = number;
        for (Block block : blocks) {
            if (rest < block.count()) {
                into.set(block.high(), block.low() + rest, 0, 0);
                return;
            }
            rest -= block.count();
        }
        into.clear();
    }

    /// The number of an address, or [#UNKNOWN].
    public int numberOf(Address address) {
        if (blocks.length == 0) {
            return 0;
        }
        int before = 0;
        for (Block block : blocks) {
            long distance = address.low() - block.low();
            if (address.high() == block.high() && distance >= 0 && distance < block.count()) {
                return before + (int) distance;
            }
            before += block.count();
        }
        return UNKNOWN;
    }
}
