package dev.homing.observe.http;

import io.netty.channel.Channel;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The open connections, the one that was of use longest ago first. When there are too many that
/// one goes, so that idle connections cannot keep a probe out. Used by one event loop only.
final class Connections {

    private final int most;
    private final Set<Channel> byLastUse = new LinkedHashSet<>();
    private boolean isClosed;

    Connections(int most) {
        this.most = most;
    }

    void opened(Channel connection) {
        if (isClosed) {
            connection.close();
            return;
        }
        if (byLastUse.size() >= most) {
            byLastUse.iterator().next().close();
        }
        byLastUse.add(connection);
        connection.closeFuture().addListener(closed -> byLastUse.remove(connection));
    }

    /// Those that are accepted already and not yet reported as opened are closed when they are.
    void closeAll() {
        isClosed = true;
        List.copyOf(byLastUse).forEach(Channel::close);
    }

    void used(Channel connection) {
        if (byLastUse.remove(connection)) {
            byLastUse.add(connection);
        }
    }
}
