package dev.homing.bench.subject;

import dev.homing.bench.alternatives.Baseline;
import dev.homing.bench.alternatives.NettyProxy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// All that can be measured, by name.
public final class Subjects {

    public static final String RUN_TO_COMPLETION = "homing-rtc";
    public static final String HANDOFF = "homing-handoff";
    public static final String WATCHED = "homing-watched";
    public static final String BASELINE = "baseline";
    public static final String NETTY = "netty";
    public static final String C_SINGLE = "c-single";
    public static final String C_BATCH = "c-batch";
    public static final String C_TRAIN = "c-train";
    public static final String NGINX = "nginx";
    public static final String NFTABLES = "nftables";

    public static final List<String> NAMES =
            List.of(
                    RUN_TO_COMPLETION,
                    HANDOFF,
                    WATCHED,
                    BASELINE,
                    NETTY,
                    C_SINGLE,
                    C_BATCH,
                    C_TRAIN,
                    NGINX,
                    NFTABLES);

    private final List<Subject> all;

    private Subjects(List<Subject> all) {
        this.all = List.copyOf(all);
    }

    /// Builds what has to be built first.
    public static Subjects prepare() throws IOException {
        FloorBuild floor = FloorBuild.make();
        return new Subjects(
                List.of(
                        new Homing(RUN_TO_COMPLETION, 0, false),
                        new Homing(HANDOFF, 1, false),
                        new Homing(WATCHED, 0, true),
                        new Alternative(
                                BASELINE,
                                "one thread in plain NIO: receive, hash, send",
                                Baseline.class),
                        new Alternative(
                                NETTY,
                                "Netty's EpollDatagramChannel: recvmmsg, a flush a batch",
                                NettyProxy.class),
                        new Floor(C_SINGLE, "single", floor),
                        new Floor(C_BATCH, "batch", floor),
                        new Floor(C_TRAIN, "train", floor),
                        new Nginx(),
                        new Nftables()));
    }

    public Optional<Subject> find(String name) {
        return all.stream().filter(subject -> subject.name().equals(name)).findFirst();
    }

    /// In the order of the names.
    ///
    /// @throws IllegalArgumentException for a name that is none
    public List<Subject> named(List<String> names) {
        List<Subject> found = new ArrayList<>();
        for (String name : names) {
            found.add(
                    find(name)
                            .orElseThrow(() -> new IllegalArgumentException("no subject " + name)));
        }
        return found;
    }
}
