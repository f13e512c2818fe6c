package dev.homing.bench.subject;

import dev.homing.bench.load.Traffic;
import java.util.List;

/// Where a subject is put.
///
/// @param backendPorts on the loopback address, one for each backend
/// @param clientPort of the client's first socket, for forwarders that know no sessions
/// @param isReturn whether datagrams go from backends to clients
/// @param isEcho whether backends send back what they get
/// @param prefix what stands before a command that is to run in the same place, such as `ip netns
///   exec NAME`
public record Setting(
        Traffic traffic,
        List<Integer> backendPorts,
        int clientPort,
        boolean isReturn,
        boolean isEcho,
        List<String> prefix) {

    public Setting {
        backendPorts = List.copyOf(backendPorts);
        prefix = List.copyOf(prefix);
    }
}
