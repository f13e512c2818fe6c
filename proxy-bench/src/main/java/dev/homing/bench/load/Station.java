package dev.homing.bench.load;

import dev.homing.command.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A process that sends and counts, at the clients' or at the backends' place. Reads one command a
/// line from standard input, answers each with one line, and ends with its input.
///
/// ```
/// {"do":"clients","sockets":64,"gro":false}                          {"ports":[…]}
/// {"do":"backends","sockets":1,"gro":true}                          {"ports":[…]}
/// {"do":"receive","phase":7,"expected":300000,"echo":false,…}       {}
/// {"do":"send","phase":7,"port":9001,"traffic":{…}}                 {"sent":300000,…}        when all is sent
/// {"do":"arrived"}                                                  {"distinct":299999}
/// {"do":"stop"}                                                     {"distinct":…,"duplicates":…,"latency":"…"}
/// ```
public final class Station {

    private @Nullable StationSockets sockets;
    private @Nullable Sender sender;
    private @Nullable Receiver receiver;
    private Peers peers = new Peers(0);
    private long dropsBefore;

    private Station() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Station station = new Station();
        BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(Json.line(station.obey(Values.read(line))));
            System.out.flush();
        }
    }

    private Map<String, Object> obey(Map<String, Object> command) throws InterruptedException {
        return switch (Values.text(command, "do")) {
            case "clients" ->
                    open(
                            StationSockets.clients(
                                    Values.integer(command, "sockets"),
                                    Values.truth(command, "gro")));
            case "backends" ->
                    open(
                            StationSockets.backends(
                                    Values.integer(command, "sockets"),
                                    Values.truth(command, "gro")));
            case "receive" -> receive(command);
            case "send" -> send(command);
            case "arrived" -> Map.of("distinct", receiving().arrivals().distinct());
            case "stop" -> stop();
            default -> throw new IllegalArgumentException("no such command: " + command);
        };
    }

    private Map<String, Object> open(StationSockets opened) throws InterruptedException {
        if (receiver != null) {
            receiver.finish();
            receiver = null;
        }
        if (sockets != null) {
            sockets.close();
        }
        sockets = opened;
        sender = new Sender(opened);
        return Map.of("ports", List.copyOf(opened.ports()));
    }

    private Map<String, Object> receive(Map<String, Object> command) {
        boolean notesPeers = command.containsKey("flows");
        if (notesPeers && !Values.truth(command, "again")) {
            peers = new Peers(Values.integer(command, "flows"));
        }
        Receiver starting =
                new Receiver(
                        open(),
                        new Arrivals(
                                Values.integer(command, "phase"),
                                Values.whole(command, "expected")),
                        Values.truth(command, "echo"),
                        Values.truth(command, "quicLb"),
                        notesPeers ? peers : null);
        receiver = starting;
        dropsBefore = open().drops();
        starting.start();
        return Map.of();
    }

    private Map<String, Object> send(Map<String, Object> command) {
        Traffic traffic = Traffic.of(Values.object(command, "traffic"));
        boolean isReturn = Values.truth(command, "return");
        int port = Values.integer(command, "port");
        if (isReturn && port > 0) {
            peers = new Peers(traffic.flows());
            peers.fill(127 << 24 | 1, port);
        }
        if (sender == null) {
            throw new IllegalStateException("no sockets are open");
        }
        Sender.Sent sent =
                sender.send(
                        traffic,
                        Values.integer(command, "phase"),
                        Values.real(command, "patience"),
                        port,
                        isReturn ? peers : null);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("sent", sent.sentDatagrams());
        answer.put("refused", sent.refused());
        answer.put("seconds", sent.seconds());
        answer.put("latest", sent.latestNanos());
        return answer;
    }

    private Map<String, Object> stop() throws InterruptedException {
        Receiver stopping = receiving();
        stopping.finish();
        receiver = null;
        Arrivals arrivals = stopping.arrivals();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("distinct", arrivals.distinct());
        answer.put("duplicates", arrivals.duplicates());
        answer.put("strays", arrivals.strays());
        answer.put("wrong", arrivals.atWrongBackend());
        answer.put("seen", peers.seen());
        answer.put("drops", open().drops() - dropsBefore);
        answer.put("latency", Latency.write(arrivals.latency()));
        return answer;
    }

    private StationSockets open() {
        if (sockets == null) {
            throw new IllegalStateException("no sockets are open");
        }
        return sockets;
    }

    private Receiver receiving() {
        if (receiver == null) {
            throw new IllegalStateException("nothing is being received");
        }
        return receiver;
    }
}
