package dev.homing;

import dev.homing.control.config.Network;
import dev.homing.control.discovery.Names;
import dev.homing.control.reload.Trigger;
import dev.homing.observe.metrics.reading.NamesReading;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The names of backends for the whole run: they are resolved before there is a [Service] that
/// could be told of changes. Any thread.
final class RunningNames {

    private final Names names = Names.ofThisMachine(this::changed);
    private @Nullable Service service;
    private boolean isChanged;

    Network network(Consumer<String> progress) {
        return names.network(progress);
    }

    /// Tells it of changes from now on, and of those before.
    synchronized void tell(Service running) {
        service = running;
        if (isChanged) {
            running.reload(Trigger.NAMES);
        }
    }

    private synchronized void changed() {
        Service running = service;
        isChanged = running == null;
        if (running != null) {
            running.reload(Trigger.NAMES);
        }
    }

    NamesReading reading() {
        Names.State state = names.state();
        return new NamesReading(state.answered(), state.failed(), state.stale());
    }
}
