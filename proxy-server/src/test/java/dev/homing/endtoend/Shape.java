package dev.homing.endtoend;

/// The two shapes of threads that everything must work in.
enum Shape {
    DEDICATED_RECEIVERS(2, 2),
    RUN_TO_COMPLETION(0, 2);

    private final int receivers;
    private final int shards;

    Shape(int receivers, int shards) {
        this.receivers = receivers;
        this.shards = shards;
    }

    int receivers() {
        return receivers;
    }

    int shards() {
        return shards;
    }
}
