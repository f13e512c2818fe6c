package dev.homing.bench.soak.plan;

import dev.homing.control.reload.Trigger;
import java.util.List;

/// Something that is done to Homing, its servers or its clients. Servers are counted from 0, and a
/// trigger is what makes Homing read its configuration again.
public sealed interface Event {

    /// All servers get other weights.
    record Weights(Trigger trigger, List<Integer> weights) implements Event {
        public Weights {
            weights = List.copyOf(weights);
        }
    }

    /// A configuration that must be refused, and the good one again.
    record BadFile(Trigger trigger, Mistake mistake) implements Event {}

    /// No new connections for a server.
    record Drain(Trigger trigger, int server) implements Event {}

    record Activate(Trigger trigger, int server) implements Event {}

    /// The same by a request at the admin address, which no configuration takes back.
    record DrainByRequest(int server) implements Event {}

    record ActivateByRequest(int server) implements Event {}

    /// A server leaves the place where Homing knows it from; it goes on running.
    record Remove(Source from, Trigger trigger, int server) implements Event {}

    record Add(Source to, Trigger trigger, int server) implements Event {}

    /// The name server says that it has failed, or nothing at all.
    record NameServerFails(boolean isSilent) implements Event {}

    record NameServerHeals() implements Event {}

    /// SIGKILL.
    record KillServer(int server) implements Event {}

    record StartServer(int server) implements Event {}

    /// SIGKILL under load, and another life a moment later.
    record KillHoming(int downMillis, Threads next) implements Event {}

    /// SIGTERM under load, and another life.
    record RestartHoming(Threads next) implements Event {}

    /// Clients get other addresses in mid-transfer.
    record Rebind(int clients) implements Event {}

    /// Datagrams from many addresses that no client has sent.
    record Flood(FloodKind of, int datagrams, int perSecond, long seed) implements Event {}

    /// So many clients come at once.
    record Burst(int clients) implements Event {}

    /// All clients pause, and the books are compared.
    record Rest() implements Event {}

    /// What the summary counts it as.
    default String kind() {
        return switch (this) {
            case Weights _ -> "reload with other weights";
            case BadFile _ -> "reload of a bad file";
            case Drain _ -> "server drained by its state";
            case Activate _ -> "server activated by its state";
            case DrainByRequest _ -> "server drained by a request";
            case ActivateByRequest _ -> "server activated by a request";
            case Remove remove -> "server removed from " + remove.from();
            case Add add -> "server added to " + add.to();
            case NameServerFails _ -> "name server fails";
            case NameServerHeals _ -> "name server answers again";
            case KillServer _ -> "server killed (-9)";
            case StartServer _ -> "server started again";
            case KillHoming _ -> "Homing killed (-9) and started again";
            case RestartHoming _ -> "Homing stopped (TERM) and started again";
            case Rebind _ -> "clients rebound";
            case Flood flood -> "flood of " + flood.of();
            case Burst _ -> "burst of new connections";
            case Rest() -> "rest";
        };
    }
}
