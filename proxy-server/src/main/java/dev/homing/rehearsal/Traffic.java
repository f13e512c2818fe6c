package dev.homing.rehearsal;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Clients and servers that speak through a proxy for a while.
///
/// One thread.
public final class Traffic {

    /// As long as a proxy at this load takes for a batch; without it, a machine with one core would
    /// be the clients' alone.
    private static final long PAUSE_NS = TimeUnit.MICROSECONDS.toNanos(20);

    /// How many clients write before the proxy is given time, by turn: lone datagrams are as common
    /// as full batches.
    private static final int[] CLIENTS = {1, 2, 64, 8, 1, 32, 4, 16};

    private final List<EchoServer> servers;
    private final List<RoamingClients> clients;
    private int turn;

    /// @param clients the first of them get half of all turns, the others share the rest
    public Traffic(List<EchoServer> servers, List<RoamingClients> clients) {
        this.servers = List.copyOf(servers);
        this.clients = List.copyOf(clients);
    }

    /// Returns after a number of turns, or when time is up; but not before the clients of every
    /// address were answered, unless patience is at its end.
    ///
    /// @return whether they were
    public boolean run(int turns, long limitNs, long patienceNs) {
        long startNs = System.nanoTime();
        boolean isEnough = false;
        for (int i = 0; !isEnough && System.nanoTime() - startNs < patienceNs; i++) {
            turn();
            isEnough =
                    (i >= turns || System.nanoTime() - startNs >= limitNs)
                            && clients.stream().allMatch(each -> each.answered() > 0);
        }
        return isEnough;
    }

    /// Some clients speak, and everybody takes what there is.
    public void turn() {
        RoamingClients speaking =
                turn % 2 == 0 ? clients.getFirst() : clients.get(turn / 2 % clients.size());
        speaking.turn(CLIENTS[turn % CLIENTS.length]);
        servers.forEach(EchoServer::turn);
        LockSupport.parkNanos(PAUSE_NS);
        servers.forEach(EchoServer::turn);
        clients.forEach(RoamingClients::take);
        turn++;
    }
}
