package dev.homing.control.health;

import dev.homing.control.config.Configuration;
import dev.homing.control.health.Silence.Share;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Looks for backends that have fallen silent toward clients, pool by pool. The thread `health`.
final class SilentBackends {

    private static final Share NOBODY = new Share(0, 0, 0);

    private final Map<InetSocketAddress, Watched> watched;
    private final BiConsumer<Watched, String> found;

    /// @param watched by address, as it is at each call
    /// @param found gets each that is silent, with what was seen
    SilentBackends(Map<InetSocketAddress, Watched> watched, BiConsumer<Watched, String> found) {
        this.watched = watched;
        this.found = found;
    }

    void look(Configuration configuration) {
        configuration.pools().forEach(this::look);
    }

    private void look(Configuration.Pool pool) {
        Share all = NOBODY;
        for (Configuration.Backend backend : pool.backends()) {
            all = all.plus(share(backend));
        }
        for (Configuration.Backend backend : pool.backends()) {
            Watched one = watched.get(backend.address());
            if (one == null || !one.health().isJudgedBySilence() || one.health().isDown()) {
                continue;
            }
            Share own = share(backend);
            Share others =
                    new Share(
                            all.answered() - own.answered(),
                            all.unanswered() - own.unanswered(),
                            all.weight() - own.weight());
            if (Silence.isSilent(own, others)) {
                found.accept(one, sentence(own, others));
            }
        }
    }

    /// Of a backend that takes new connections; nothing of the others.
    private Share share(Configuration.Backend backend) {
        @Nullable Watched one = watched.get(backend.address());
        if (one == null || one.health().isDown() || !backend.takesNewConnections()) {
            return NOBODY;
        }
        return new Share(one.sessions().first(), one.sessions().second(), backend.weight());
    }

    private static String sentence(Share own, Share others) {
        return "%d connections unanswered and none answered within %d s, while others answered %d"
                .formatted(
                        own.unanswered(),
                        TimeUnit.NANOSECONDS.toSeconds(Silence.WINDOW_NS),
                        others.answered());
    }
}
