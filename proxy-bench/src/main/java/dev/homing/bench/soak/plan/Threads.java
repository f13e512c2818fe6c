package dev.homing.bench.soak.plan;

/// The threads of one life of Homing.
///
/// @param receivers 0 for run to completion
public record Threads(int receivers, int shards) {

    @Override
    public String toString() {
        return receivers + "+" + shards + " threads";
    }
}
