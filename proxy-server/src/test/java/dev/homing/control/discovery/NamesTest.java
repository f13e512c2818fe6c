package dev.homing.control.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.control.config.Network;
import dev.homing.testkit.Eventually;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class NamesTest {

    private static final Duration LEAST = Duration.ofMillis(10);
    private static final Answer NONE = new Answer.Known(List.of(), Duration.ZERO);
    private static final Answer FAILED = new Answer.Failed("no answer");

    private final Map<String, Lookup.Found> answers = new ConcurrentHashMap<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final Semaphore changed = new Semaphore(0);
    private final Names names =
            new Names(
                    () -> new Table(),
                    changed::release,
                    new Intervals(LEAST, Duration.ofMillis(50)),
                    RandomGenerator.of("L64X128MixRandom"));

    /// A name server with what the test says.
    private final class Table implements Lookup {
        @Override
        public CompletableFuture<Found> ask(String name) {
            asked.incrementAndGet();
            return CompletableFuture.completedFuture(
                    answers.getOrDefault(name, new Found(NONE, NONE)));
        }

        @Override
        public void close() {
            answers.clear();
        }
    }

    @AfterEach
    void close() {
        names.close();
    }

    private static Answer known(String... addresses) {
        return new Answer.Known(
                Stream.of(addresses).map(InetAddress::ofLiteral).toList(), Duration.ZERO);
    }

    private void answer(String name, Answer ipv4, Answer ipv6) {
        answers.put(name, new Lookup.Found(ipv4, ipv6));
    }

    private List<String> resolve(String name) throws UnknownHostException {
        return names.network(waiting -> {}).resolve(name).stream()
                .map(InetAddress::getHostAddress)
                .toList();
    }

    @Test
    void aNameHasAllItsAddressesInOneOrderWhateverTheOrderOfTheAnswer() throws Exception {
        answer("web", known("10.0.0.2", "10.0.0.1", "10.0.0.2"), known("fd00::1"));

        assertEquals(List.of("10.0.0.1", "10.0.0.2", "fd00:0:0:0:0:0:0:1"), resolve("web"));

        answer("web", known("10.0.0.1", "10.0.0.2"), known("fd00::1"));
        int before = asked.get();
        Eventually.holds("it is asked for again", () -> asked.get() > before + 2);
        assertEquals(0, changed.availablePermits(), "nothing has changed");
    }

    @Test
    void anUnknownNameIsAProblemEachTimeItIsAskedFor() {
        assertThrows(UnknownHostException.class, () -> resolve("nowhere"));
        answer("nowhere", FAILED, FAILED);
        assertThrows(UnknownHostException.class, () -> resolve("nowhere"));
    }

    @Test
    void tellsWhenAnAddressComesOrGoes() throws Exception {
        answer("web", known("10.0.0.1"), NONE);
        resolve("web");

        answer("web", known("10.0.0.1", "10.0.0.2"), NONE);

        assertTrue(changed.tryAcquire(10, TimeUnit.SECONDS));
        assertEquals(List.of("10.0.0.1", "10.0.0.2"), resolve("web"));
    }

    @Test
    void aFailureKeepsTheLastAnswerAndCounts() throws Exception {
        answer("web", known("10.0.0.1"), known("fd00::1"));
        resolve("web");

        answer("web", FAILED, FAILED);
        Eventually.holds("failures are counted", () -> names.state().failed() >= 2);
        assertEquals(1, names.state().stale());
        assertEquals(2, resolve("web").size());

        answer("web", known("10.0.0.1"), known("fd00::1"));
        Eventually.holds("it is good again", () -> names.state().stale() == 0);
        assertEquals(0, changed.availablePermits(), "no address has changed");
    }

    @Test
    void thatOneKindCannotBeResolvedKeepsOnlyTheAddressesOfThatKind() throws Exception {
        answer("web", known("10.0.0.1"), known("fd00::1"));
        resolve("web");

        answer("web", known("10.0.0.9"), FAILED);

        assertTrue(changed.tryAcquire(10, TimeUnit.SECONDS));
        assertEquals(List.of("10.0.0.9", "fd00:0:0:0:0:0:0:1"), resolve("web"));
    }

    @Test
    void aNameWithoutAnyAddressKeepsThoseItHad() throws Exception {
        answer("web", known("10.0.0.1"), NONE);
        resolve("web");

        answer("web", NONE, NONE);

        Eventually.holds("it is told of as a failure", () -> names.state().failed() >= 1);
        assertEquals(List.of("10.0.0.1"), resolve("web"));
    }

    @Test
    void whatTheConfigurationDoesNotNameAnyMoreIsNotAskedForAgain() throws Exception {
        answer("old", FAILED, known("fd00::1"));
        answer("new", known("10.0.0.1"), NONE);
        resolve("old");
        Eventually.holds("the old one is stale", () -> names.state().stale() == 1);

        resolve("new");

        assertEquals(0, names.state().stale());
        long failed = names.state().failed();
        long answered = names.state().answered();
        Eventually.holds("the new one goes on", () -> names.state().answered() > answered + 3);
        assertTrue(names.state().failed() <= failed + 1, "the old one is left alone");
    }

    @Test
    void waitsAsLongAsTheAnswerHoldsWithinReason() {
        Intervals intervals = new Intervals(Duration.ofSeconds(5), Duration.ofMinutes(5));
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        List<Long> waits = new ArrayList<>();
        for (Duration ttl : List.of(Duration.ZERO, Duration.ofSeconds(30), Duration.ofDays(7))) {
            Answer answer = new Answer.Known(List.of(InetAddress.ofLiteral("10.0.0.1")), ttl);
            Name after = Name.UNKNOWN.after(new Lookup.Found(answer, NONE), 0, intervals, random);
            waits.add(Duration.ofNanos(after.askAgainNs()).toMillis());
        }
        assertTrue(waits.get(0) > 4_500 - 1 && waits.get(0) <= 5_000, waits::toString);
        assertTrue(waits.get(1) > 27_000 - 1 && waits.get(1) <= 30_000, waits::toString);
        assertTrue(waits.get(2) > 270_000 - 1 && waits.get(2) <= 300_000, waits::toString);
    }

    @Test
    void asksLessAndLessOftenWhileNobodyAnswers() {
        Intervals intervals = new Intervals(Duration.ofSeconds(5), Duration.ofMinutes(5));
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        Name name = Name.UNKNOWN;
        long longest = 0;
        for (int i = 0; i < 20; i++) {
            name = name.after(new Lookup.Found(FAILED, FAILED), 0, intervals, random);
            longest = Math.max(longest, name.askAgainNs());
        }
        assertEquals(20, name.failures());
        assertTrue(longest > Duration.ofSeconds(60).toNanos(), () -> "it goes on as fast");
        assertTrue(longest <= Duration.ofSeconds(80).toNanos(), () -> "it gives up");
    }

    @Test
    void theNetworkIsOtherwiseThatOfThisMachine() {
        List<String> said = new ArrayList<>();
        Network network = names.network(said::add);

        network.waiting("still");

        assertEquals(List.of("still"), said);
        assertTrue(network.isOwn(InetAddress.ofLiteral("127.0.0.1")));
    }
}
