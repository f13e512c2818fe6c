package dev.homing.control.discovery;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// What is known of one name. Immutable.
///
/// @param ipv4 the last good answer, ordered
/// @param ipv6 the last good answer, ordered
/// @param askAgainNs when to ask again, as of System.nanoTime()
/// @param failures answers in a row that did not say all
record Name(List<InetAddress> ipv4, List<InetAddress> ipv6, long askAgainNs, int failures) {

    /// Name servers rotate their answers; the order must not look like a change.
    private static final Comparator<InetAddress> ORDER =
            Comparator.comparing(InetAddress::getAddress, Arrays::compareUnsigned);

    /// So that instances that started together do not go on asking together.
    private static final double JITTER = 0.1;

    private static final int DOUBLINGS_MAX = 5;

    static final Name UNKNOWN = new Name(List.of(), List.of(), 0, 0);

    /// What is known after an answer. What nobody could say, and that a name which had addresses
    /// should have none at all, leaves what was known before.
    Name after(Lookup.Found found, long nowNs, Intervals intervals, RandomGenerator random) {
        boolean isNothing = addresses(found.ipv4()).isEmpty() && addresses(found.ipv6()).isEmpty();
        boolean isFailed =
                isNothing
                        || found.ipv4() instanceof Answer.Failed
                        || found.ipv6() instanceof Answer.Failed;
        int inARow = isFailed ? failures + 1 : 0;
        Duration wait =
                isFailed
                        ? intervals.least().multipliedBy(1L << Math.min(inARow, DOUBLINGS_MAX) >> 1)
                        : ttl(found);
        long waitNs =
                Math.clamp(wait.toNanos(), intervals.least().toNanos(), intervals.most().toNanos());
        long again = nowNs + waitNs - (long) (waitNs * JITTER * random.nextDouble());
        return new Name(
                isNothing ? ipv4 : kept(found.ipv4(), ipv4),
                isNothing ? ipv6 : kept(found.ipv6(), ipv6),
                again,
                inARow);
    }

    private static List<InetAddress> kept(Answer answer, List<InetAddress> before) {
        return switch (answer) {
            case Answer.Known known -> known.addresses().stream().distinct().sorted(ORDER).toList();
            case Answer.Failed failed -> before;
        };
    }

    private static List<InetAddress> addresses(Answer answer) {
        return answer instanceof Answer.Known known ? known.addresses() : List.of();
    }

    /// Of what has addresses: that there are none of the other kind need not be asked for more
    /// often.
    private static Duration ttl(Lookup.Found found) {
        return Stream.of(found.ipv4(), found.ipv6())
                .filter(answer -> !addresses(answer).isEmpty())
                .map(answer -> ((Answer.Known) answer).ttl())
                .min(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    List<InetAddress> addresses() {
        return Stream.concat(ipv4.stream(), ipv6.stream()).toList();
    }

    boolean isKnown() {
        return !ipv4.isEmpty() || !ipv6.isEmpty();
    }

    /// Whether what is known is older than it should be.
    boolean isStale() {
        return failures > 0;
    }
}
