package dev.homing;

import dev.homing.control.config.Configuration;
import dev.homing.control.config.value.IpText;
import dev.homing.control.config.value.Steering;
import dev.homing.control.routing.TablePublisher;
import dev.homing.linux.UdpSocket;
import dev.homing.linux.steering.SteeringLayout;
import dev.homing.linux.steering.SteeringProgram;
import dev.homing.route.Pool;
import dev.homing.route.RoutingTable;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Keeps the kernel's choice of a receiver in step with what the pools' connection IDs look like.
///
/// One thread at a time; any may ask for the remarks.
final class ReceiverSteering implements TablePublisher.Follower {

    private final List<List<UdpSocket>> listening;
    private final int key = new SecureRandom().nextInt();
    private final Map<Integer, SteeringLayout> inForce = new HashMap<>();
    private volatile List<String> remarks = List.of();

    /// @param listening by listener, then by receiving thread
    ReceiverSteering(List<List<UdpSocket>> listening) {
        this.listening = listening;
    }

    /// Which listeners go by flow although they were to go by connection ID: one sentence each,
    /// with its remedy.
    List<String> remarks() {
        return remarks;
    }

    /// Attaches, replaces and detaches programs as a configuration says.
    @Override
    public void follow(Configuration configuration, RoutingTable table) {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < listening.size(); i++) {
            Configuration.Listener listener = configuration.listeners().get(i);
            if (listener.steering() == Steering.CONNECTION_ID) {
                Pool pool = table.poolOfListener(i);
                SteeringLayout layout = layout(pool);
                String name = IpText.print(listener.address());
                if (!layout.isKnown()) {
                    byFlow(i);
                    found.add(
                            ("listener %s is steered by flow: the length of the servers' connection IDs is not"
                                            + " known; set pools.%s.connection-id-length")
                                    .formatted(name, pool.name()));
                } else if (!byConnectionId(i, layout)) {
                    found.add(
                            ("listener %s is steered by flow: the kernel refused the program"
                                            + " (SO_ATTACH_REUSEPORT_CBPF); Linux 5.0 or newer takes it unless a"
                                            + " seccomp profile forbids it")
                                    .formatted(name));
                }
            } else {
                byFlow(i);
            }
        }
        remarks = List.copyOf(found);
    }

    private static SteeringLayout layout(Pool pool) {
        int[] octets = new int[SteeringLayout.ROTATIONS];
        for (int rotation = 0; rotation < octets.length; rotation++) {
            octets[rotation] = pool.certainOctets(rotation);
        }
        return SteeringLayout.of(octets);
    }

    private boolean byConnectionId(int listener, SteeringLayout layout) {
        List<UdpSocket> sockets = listening.get(listener);
        if (sockets.size() == 1 || isInForce(listener, layout)) {
            return true;
        }
        if (!sockets.getFirst().steer(new SteeringProgram(layout, sockets.size(), key))) {
            byFlow(listener);
            return false;
        }
        inForce.put(listener, layout);
        return true;
    }

    private boolean isInForce(int listener, SteeringLayout layout) {
        SteeringLayout current = inForce.get(listener);
        return current != null && current.equals(layout);
    }

    private void byFlow(int listener) {
        if (inForce.remove(listener) != null) {
            listening.get(listener).getFirst().steerByFlow();
        }
    }
}
