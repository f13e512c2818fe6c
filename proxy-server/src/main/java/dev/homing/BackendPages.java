package dev.homing;

import dev.homing.command.Json;
import dev.homing.control.config.Configuration;
import dev.homing.control.config.value.IpText;
import dev.homing.control.routing.Standing;
import dev.homing.control.routing.TablePublisher;
import dev.homing.ledger.Books;
import dev.homing.observe.http.Deed;
import dev.homing.route.Backend;
import dev.homing.route.Pool;
import dev.homing.route.PoolMember;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the admin address shows of backends, and what it does with them. Any thread.
final class BackendPages {

    /// Names may have slashes: `web/10.0.0.1`.
    private static final Pattern DEED = Pattern.compile("/backends/(.+)/(drain|activate)");

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final Logger LOG = LoggerFactory.getLogger("homing");

    private final TablePublisher tables;
    private final Books books;

    BackendPages(TablePublisher tables, Books books) {
        this.tables = tables;
        this.books = books;
    }

    /// All backends as JSON, also those that have left the configuration and still have sessions.
    String all() {
        return Json.line(Map.of("backends", entries(name -> true)));
    }

    /// What a path means; empty if it is not about backends.
    Optional<Deed> deed(String path) {
        Matcher deed = DEED.matcher(path);
        if (!deed.matches()) {
            return Optional.empty();
        }
        String name;
        try {
            // A plus is no space in a path.
            name = URLDecoder.decode(deed.group(1).replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        boolean isDrained = deed.group(2).equals("drain");
        return Optional.of(() -> CompletableFuture.completedFuture(mark(name, isDrained)));
    }

    private Deed.Done mark(String name, boolean isDrained) {
        Map<InetSocketAddress, UnaryOperator<Standing>> changes = new HashMap<>();
        for (Configuration.Pool pool : tables.configuration().pools()) {
            for (Configuration.Backend backend : pool.backends()) {
                if (isMeant(backend.name(), name)) {
                    changes.put(backend.address(), standing -> standing.drained(isDrained));
                }
            }
        }
        if (changes.isEmpty()) {
            return new Deed.Done(
                    NOT_FOUND,
                    Json.line(
                            Map.of(
                                    "error",
                                    "no pool lists a backend " + name + ": see /backends")));
        }
        tables.changeAll(changes);
        LOG.atInfo()
                .addKeyValue("backend", name)
                .addKeyValue("addresses", changes.size())
                .log(isDrained ? "backend-drained" : "backend-activated");
        return new Deed.Done(
                OK, Json.line(Map.of("backends", entries(other -> isMeant(other, name)))));
    }

    /// A name that stands for several addresses means all of them.
    private static boolean isMeant(String backend, String name) {
        return backend.equals(name) || backend.startsWith(name + "/");
    }

    private List<Object> entries(Predicate<String> isWanted) {
        Map<String, Map<InetSocketAddress, Configuration.Backend>> listed = listed();
        List<Object> entries = new ArrayList<>();
        for (Pool pool : tables.feed().latest().pools()) {
            for (PoolMember member : pool.members()) {
                Backend backend = member.backend();
                if (!isWanted.test(backend.name())) {
                    continue;
                }
                InetSocketAddress address = backend.address();
                Configuration.Backend configured =
                        listed.getOrDefault(pool.name(), Map.of()).get(address);
                Standing standing = tables.standing(address);
                Map<String, Object> entry = new LinkedHashMap<>();
                entry.put("pool", pool.name());
                entry.put("name", backend.name());
                entry.put("address", IpText.print(address));
                entry.put("weight", configured == null ? 0 : configured.weight());
                entry.put("share", standing.share());
                entry.put("state", member.state().name().toLowerCase(Locale.ROOT));
                entry.put("drained", standing.isDrained());
                entry.put("listed", configured != null);
                entry.put("sessions", books.backendSessions(backend.id()));
                entries.add(entry);
            }
        }
        return entries;
    }

    /// By pool, then by address.
    private Map<String, Map<InetSocketAddress, Configuration.Backend>> listed() {
        Map<String, Map<InetSocketAddress, Configuration.Backend>> listed = new HashMap<>();
        for (Configuration.Pool pool : tables.configuration().pools()) {
            Map<InetSocketAddress, Configuration.Backend> of = new HashMap<>();
            pool.backends().forEach(backend -> of.put(backend.address(), backend));
            listed.put(pool.name(), of);
        }
        return listed;
    }
}
