package dev.homing.control.config;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Consumer;

/// What the reading of a configuration asks of the network.
public interface Network {

    /// All addresses of a host name. Called on several threads at once.
    List<InetAddress> resolve(String name) throws UnknownHostException;

    /// Whether datagrams for an address come back to this machine.
    boolean isOwn(InetAddress address);

    /// Tells a person that waits. Called at most every few seconds, and not at all if nothing takes
    /// long.
    void waiting(String sentence);

    /// @param progress where sentences for a person that waits go
    static Network ofThisMachine(Consumer<String> progress) {
        return new Network() {
            @Override
            public List<InetAddress> resolve(String name) throws UnknownHostException {
                return List.of(InetAddress.getAllByName(name));
            }

            @Override
            public boolean isOwn(InetAddress address) {
                try {
                    return address.isLoopbackAddress()
                            || NetworkInterface.getByInetAddress(address) != null;
                } catch (SocketException interfacesUnknown) {
                    return false;
                }
            }

            @Override
            public void waiting(String sentence) {
                progress.accept(sentence);
            }
        };
    }
}
