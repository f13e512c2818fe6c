package dev.homing.control.config;

import dev.homing.control.config.value.IpText;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A network with the names and addresses of a test.
final class TestNetwork implements Network {

    private final Map<String, List<String>> names;
    private final Set<String> own;
    final List<String> waiting = Collections.synchronizedList(new ArrayList<>());

    TestNetwork(Map<String, List<String>> names, Set<String> own) {
        this.names = names;
        this.own = own;
    }

    @Override
    public List<InetAddress> resolve(String name) throws UnknownHostException {
        if (!names.containsKey(name)) {
            throw new UnknownHostException(name);
        }
        return names.get(name).stream().map(ip -> IpText.literal(ip).orElseThrow()).toList();
    }

    @Override
    public boolean isOwn(InetAddress address) {
        return address.isLoopbackAddress() || own.contains(IpText.print(address));
    }

    @Override
    public void waiting(String sentence) {
        waiting.add(sentence);
    }
}
