package dev.homing.control.config;

import dev.homing.control.config.source.Problems;
import dev.homing.control.config.value.IpText;
import dev.homing.control.config.value.Shown;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Makes a backend of each address of each written backend, and keeps names and addresses apart: an
/// address has one name everywhere, and a name has one address within a pool.
final class BackendExpansion {

    private final HostNames names;
    private final Loops loops;
    private final Problems problems;
    private final Map<InetSocketAddress, String> nameOfAddress = new HashMap<>();

    BackendExpansion(HostNames names, Loops loops, Problems problems) {
        this.names = names;
        this.loops = loops;
        this.problems = problems;
    }

    List<Configuration.Backend> expand(List<PoolReading.WrittenBackend> pool) {
        List<Configuration.Backend> backends = new ArrayList<>();
        Map<String, InetSocketAddress> addressOfName = new HashMap<>();
        for (PoolReading.WrittenBackend written : pool) {
            List<InetAddress> ips =
                    names.of(written.address(), written.where(), written.key(), problems);
            for (InetAddress ip : ips) {
                InetSocketAddress address =
                        new InetSocketAddress(ip, written.address().firstPort());
                // By its address, because others come and go.
                String name =
                        ips.size() == 1 ? written.name() : written.name() + "/" + IpText.print(ip);
                if (isUsable(written, address) && isUnique(written, name, address, addressOfName)) {
                    backends.add(
                            new Configuration.Backend(
                                    name, address, written.weight(), written.state()));
                }
            }
        }
        return backends;
    }

    int distinctAddresses() {
        return nameOfAddress.size();
    }

    private boolean isUsable(PoolReading.WrittenBackend written, InetSocketAddress address) {
        String text = Shown.value(written.address().text());
        if (address.getAddress().isAnyLocalAddress()) {
            problems.add(
                    written.where(),
                    written.key(),
                    text + " means all addresses of a machine",
                    "Give the one address that the server can be reached at.");
            return false;
        }
        if (address.getAddress().isMulticastAddress()) {
            problems.add(
                    written.where(),
                    written.key(),
                    text + " is a multicast address",
                    "Give a unicast address: QUIC has no other.");
            return false;
        }
        var listener = loops.listenerAt(address);
        listener.ifPresent(own ->
                problems.add(
                        written.where(),
                        written.key(),
                        text + " is received by our own listener " + IpText.print(own),
                        "Give the address of a server; Homing would send to itself."));
        return listener.isEmpty();
    }

    private boolean isUnique(
            PoolReading.WrittenBackend written,
            String name,
            InetSocketAddress address,
            Map<String, InetSocketAddress> addressOfName) {
        InetSocketAddress twin = addressOfName.putIfAbsent(name, address);
        if (twin != null) {
            boolean isSame = twin.equals(address);
            problems.add(
                    written.where(),
                    written.key(),
                    isSame
                            ? IpText.print(address) + " is listed twice in this pool"
                            : "the name "
                                    + Shown.value(name)
                                    + " is that of "
                                    + IpText.print(twin)
                                    + " too",
                    isSame ? "Remove one of the two." : "Give each address a name of its own.");
            return false;
        }
        String otherName = nameOfAddress.putIfAbsent(address, name);
        if (otherName != null && !otherName.equals(name)) {
            problems.add(
                    written.where(),
                    written.key(),
                    IpText.print(address)
                            + " is named "
                            + Shown.value(name)
                            + " here and "
                            + Shown.value(otherName)
                            + " before",
                    "Give an address the same name everywhere.");
            return false;
        }
        return true;
    }
}
