package dev.homing.diagnose.finding;

import dev.homing.observe.samples.Interval;
import dev.homing.observe.samples.Samples;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.OptionalDouble;

/// What remedies are filled with, computed from what was seen.
public final class Advice {

    private static final double BUFFER_MAX = 64 << 20;
    private static final double BURST_SECONDS = 0.25;

    /// What the kernel adds to a datagram in a buffer: `struct sk_buff` and `struct
    /// skb_shared_info`, and the headers that were before it.
    private static final double BOOKKEEPING_OCTETS = 640;

    private static final double HEADERS_OCTETS = 128;
    private static final double MASK_BITS = 32;

    private Advice() {}

    /// The port of a listener, for a rule or a filter; 4433 if none is known.
    public static String port(Samples samples) {
        return samples.labels(Series.SOCKET_QUEUE, "listener").stream()
                .map(address -> address.substring(address.lastIndexOf(':') + 1))
                .findFirst()
                .orElse("4433");
    }

    /// The interface that the most packets came through, but not the loopback; `DEV` if none is
    /// known.
    public static String interfaceOf(Interval interval) {
        return interval.after().labels(Series.NIC, "interface").stream()
                .filter(name -> !name.equals("lo"))
                .max(
                        Comparator.comparingDouble(name ->
                                interval.increase(
                                        Series.NIC, "interface", name, "counter", "rx_packets")))
                .orElse("DEV");
    }

    /// A setting of the kernel.
    public static OptionalDouble setting(Samples samples, String name) {
        return samples.value(Series.SETTING, "name", name);
    }

    /// How many threads would keep up.
    ///
    /// @param now how many there are
    /// @param done what they did
    /// @param lost what came besides
    public static long threads(double now, double done, double lost) {
        double needed = done > 0 ? now * (done + lost) / done / ThreadLoad.BUSY : now;
        return (long) Math.max(now + 1, Math.min(Math.ceil(needed), 4 * now));
    }

    /// CPUs for so many threads, away from the first ones, which interrupts prefer.
    public static String cpus(Samples samples, double threads) {
        double all = samples.value(Series.CPUS).orElse(threads);
        long first = (long) Math.max(0, all - threads);
        long last = Math.max(first, (long) all - 1);
        return first == last ? Long.toString(first) : first + "-" + last;
    }

    /// A mask of all CPUs, as `rps_cpus` wants it: words of 32 bits with commas between.
    public static String mask(double cpus) {
        String hex = BigInteger.ONE.shiftLeft((int) cpus).subtract(BigInteger.ONE).toString(16);
        StringBuilder mask = new StringBuilder(hex);
        int digits = (int) MASK_BITS / 4;
        for (int at = hex.length() - digits; at > 0; at -= digits) {
            mask.insert(at, ',');
        }
        return mask.toString();
    }

    /// What to ask `SO_RCVBUF` for so that what was lost finds room: a power of two, at least twice
    /// of what there is. How many bursts lost it nobody knows: room for all of it is enough, and so
    /// is room for all that comes in a quarter of a second.
    ///
    /// @param limitOctets what the buffer holds now, which is twice of what it was asked for
    ///   (socket(7))
    /// @param arriving datagrams a second, those that were lost too
    /// @param payloadOctets of a datagram
    public static long buffer(
            double limitOctets, double lost, double arriving, double payloadOctets) {
        double burst = Math.min(lost, arriving * BURST_SECONDS);
        double needed = (limitOctets + burst * inBuffer(payloadOctets)) / 2;
        return (long) Math.min(powerOfTwo(Math.max(limitOctets, needed)), BUFFER_MAX);
    }

    /// What a datagram takes of a buffer: the kernel allocates in powers of two.
    private static double inBuffer(double payloadOctets) {
        return BOOKKEEPING_OCTETS + powerOfTwo(payloadOctets + HEADERS_OCTETS);
    }

    /// The next one from a number up.
    public static double powerOfTwo(double number) {
        double power = 1;
        while (power < number) {
            power *= 2;
        }
        return power;
    }

    /// Payload of a client's datagram on average.
    public static double payload(Interval interval) {
        double count = interval.increase(Series.RECEIVED, "side", "client");
        return count > 0
                ? interval.increase(Series.RECEIVED_BYTES, "side", "client") / count
                : 1200;
    }
}
