package dev.homing.control.discovery;

import dev.homing.control.config.Network;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Remembers the addresses of names, asks again for those that the configuration has when their
/// time is over, and tells when one has other addresses.
///
/// A name that is known is answered from memory, so that reading the configuration again waits for
/// name servers only where it has a new name. Any thread; asking again is done by a thread of its
/// own.
public final class Names implements AutoCloseable {

    /// @param answered answers that said all, since the start
    /// @param failed answers that did not, since the start
    /// @param stale names whose last answer is kept although its time is over
    public record State(long answered, long failed, int stale) {}

    private static final Logger LOG = LoggerFactory.getLogger("names");

    /// The longest wait of the thread when no name is due.
    private static final Duration REST = Duration.ofMinutes(1);

    private final Supplier<Lookup> opening;
    private final Runnable onChange;
    private final Intervals intervals;
    private final RandomGenerator random;
    private final Map<String, Name> known = new ConcurrentHashMap<>();
    private final LongAdder answered = new LongAdder();
    private final LongAdder failed = new LongAdder();

    /// Something is due earlier than the thread knows.
    private final Semaphore changed = new Semaphore(0);

    /// Both null until the first name is asked for: most configurations have none.
    private @Nullable Lookup lookup;

    private @Nullable Thread thread;

    /// What the latest reading of the configuration has asked for.
    private volatile Set<String> wanted = ConcurrentHashMap.newKeySet();

    /// @param onChange called by a thread of its own
    public static Names ofThisMachine(Runnable onChange) {
        return new Names(
                () -> new SystemFallback(new DnsLookup(null, SearchList.ofThisMachine())),
                onChange,
                Intervals.USUAL,
                RandomGenerator.getDefault());
    }

    Names(
            Supplier<Lookup> opening,
            Runnable onChange,
            Intervals intervals,
            RandomGenerator random) {
        this.opening = opening;
        this.onChange = onChange;
        this.intervals = intervals;
        this.random = random;
    }

    private synchronized Lookup lookup() {
        Lookup open = lookup;
        if (open == null) {
            open = opening.get();
            lookup = open;
            thread = Thread.ofPlatform().daemon().name("names").start(this::run);
        }
        return open;
    }

    /// The network for one reading of the configuration: what it asks for is what is asked for
    /// again from then on.
    ///
    /// @param progress where sentences for a person that waits go
    public Network network(Consumer<String> progress) {
        Network machine = Network.ofThisMachine(progress);
        Set<String> asked = ConcurrentHashMap.newKeySet();
        wanted = asked;
        return new Network() {
            @Override
            public List<InetAddress> resolve(String name) throws UnknownHostException {
                List<InetAddress> addresses = Names.this.resolve(name);
                asked.add(name);
                changed.release();
                return addresses;
            }

            @Override
            public boolean isOwn(InetAddress address) {
                return machine.isOwn(address);
            }

            @Override
            public void waiting(String sentence) {
                machine.waiting(sentence);
            }
        };
    }

    private List<InetAddress> resolve(String name) throws UnknownHostException {
        Name remembered = known.get(name);
        if (remembered != null && remembered.isKnown()) {
            return remembered.addresses();
        }
        Name found = take(name, lookup().ask(name).join());
        if (!found.isKnown()) {
            known.remove(name);
            throw new UnknownHostException(name);
        }
        return found.addresses();
    }

    /// How it goes.
    public State state() {
        Set<String> inUse = wanted;
        int stale =
                (int)
                        known.entrySet().stream()
                                .filter(entry -> inUse.contains(entry.getKey()))
                                .filter(entry -> entry.getValue().isStale())
                                .count();
        return new State(answered.sum(), failed.sum(), stale);
    }

    private void run() {
        try {
            while (true) {
                boolean isEarlier = changed.tryAcquire(waitNs(), TimeUnit.NANOSECONDS);
                if (isEarlier) {
                    changed.drainPermits();
                }
                if (askForWhatIsDue()) {
                    onChange.run();
                }
            }
        } catch (InterruptedException e) {
            LOG.atDebug().log("names-ended");
        }
    }

    private long waitNs() {
        long nowNs = System.nanoTime();
        Set<String> inUse = wanted;
        return known.entrySet().stream()
                .filter(entry -> inUse.contains(entry.getKey()))
                .mapToLong(entry -> entry.getValue().askAgainNs() - nowNs)
                .min()
                .orElse(REST.toNanos());
    }

    /// @return whether a name has other addresses than before
    private boolean askForWhatIsDue() {
        long nowNs = System.nanoTime();
        Map<String, CompletableFuture<Lookup.Found>> asked = new HashMap<>();
        Set<String> inUse = wanted;
        known.forEach((name, state) -> {
            if (state.askAgainNs() - nowNs <= 0 && inUse.contains(name)) {
                asked.put(name, lookup().ask(name));
            }
        });
        boolean isChanged = false;
        for (Map.Entry<String, CompletableFuture<Lookup.Found>> entry : asked.entrySet()) {
            List<InetAddress> before = known.getOrDefault(entry.getKey(), Name.UNKNOWN).addresses();
            Name after = take(entry.getKey(), entry.getValue().join());
            isChanged |= !after.addresses().equals(before);
        }
        return isChanged;
    }

    private Name take(String name, Lookup.Found found) {
        Name before = known.getOrDefault(name, Name.UNKNOWN);
        Name after = before.after(found, System.nanoTime(), intervals, random);
        known.put(name, after);
        (after.isStale() ? failed : answered).increment();
        if (before.isKnown() && after.isStale() && !before.isStale()) {
            LOG.atWarn()
                    .addKeyValue("name", name)
                    .addKeyValue("reason", reason(found))
                    .addKeyValue("remedy", "the last answer stays; look at the name server")
                    .log("name-not-resolved");
        } else if (before.isStale() && !after.isStale()) {
            LOG.atInfo().addKeyValue("name", name).log("name-resolved-again");
        }
        return after;
    }

    private static String reason(Lookup.Found found) {
        if (found.ipv4() instanceof Answer.Failed(String why)) {
            return why;
        }
        return found.ipv6() instanceof Answer.Failed(String why) ? why : "it has no address";
    }

    @Override
    public synchronized void close() {
        if (thread != null) {
            thread.interrupt();
        }
        if (lookup != null) {
            lookup.close();
        }
    }
}
