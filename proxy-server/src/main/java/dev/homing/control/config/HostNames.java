package dev.homing.control.config;

import dev.homing.control.config.source.Problems;
import dev.homing.control.config.source.Where;
import dev.homing.control.config.value.AddressText;
import dev.homing.control.config.value.IpText;
import dev.homing.control.config.value.Shown;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The addresses behind the names in a configuration. All names are asked for side by side, because
/// a name server that does not answer takes seconds for each.
final class HostNames {

    private static final int THREADS_MAX = 16;
    private static final int PATIENCE_SECONDS = 2;

    private final Network network;

    /// An empty list for a name that nobody knows.
    private final Map<String, List<InetAddress>> addresses = new ConcurrentHashMap<>();

    HostNames(Network network) {
        this.network = network;
    }

    /// Asks for all that are not IP addresses, and waits until each is answered or given up.
    void resolveAll(Collection<AddressText> texts) {
        List<String> names =
                texts.stream()
                        .map(AddressText::host)
                        .filter(host -> IpText.literal(host).isEmpty())
                        .distinct()
                        .toList();
        if (names.isEmpty()) {
            return;
        }
        try (ExecutorService threads =
                Executors.newFixedThreadPool(
                        Math.min(THREADS_MAX, names.size()),
                        Thread.ofPlatform().daemon().name("resolve-", 0).factory())) {
            List<Future<?>> answers = new ArrayList<>();
            for (String name : names) {
                answers.add(threads.submit(() -> resolve(name)));
            }
            for (int i = 0; i < names.size(); i++) {
                await(answers.get(i), names.get(i));
            }
        }
    }

    private void resolve(String name) {
        List<InetAddress> found;
        try {
            found = new ArrayList<>(network.resolve(name));
        } catch (UnknownHostException e) {
            found = List.of();
        }
        // Name servers rotate their answers: without an order, each would look like a change.
        addresses.put(
                name,
                found.stream()
                        .distinct()
                        .sorted(
                                Comparator.comparing(
                                                InetAddress::getAddress,
                                                Comparator.comparingInt((byte[] ip) -> ip.length))
                                        .thenComparing(
                                                InetAddress::getAddress, Arrays::compareUnsigned))
                        .toList());
    }

    private void await(Future<?> answer, String name) {
        boolean isAnswered = false;
        while (!isAnswered) {
            try {
                answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                isAnswered = true;
            } catch (TimeoutException e) {
                network.waiting("still resolving " + name + " …");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                isAnswered = true;
            } catch (ExecutionException e) {
                throw new IllegalStateException("cannot resolve " + name, e.getCause());
            }
        }
    }

    /// The addresses of a text, ordered; none, with a problem added, if the name is unknown.
    List<InetAddress> of(AddressText text, Where where, String key, Problems problems) {
        Optional<InetAddress> literal = IpText.literal(text.host());
        if (literal.isPresent()) {
            return List.of(literal.get());
        }
        List<InetAddress> found = addresses.getOrDefault(text.host(), List.of());
        if (found.isEmpty()) {
            problems.add(
                    where,
                    key,
                    "the name " + Shown.value(text.host()) + " has no address",
                    "Check the name and the name server, or give an IP address.");
        }
        return found;
    }
}
