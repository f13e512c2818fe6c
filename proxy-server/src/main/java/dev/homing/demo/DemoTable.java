package dev.homing.demo;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;

/// Writes a [DemoResult] for people: a line for each connection, a line for each server, and the
/// verdict.
public final class DemoTable {
    private static final String GREEN = "\u001b[32m";
    private static final String RED = "\u001b[31m";
    private static final String BOLD = "\u001b[1m";
    private static final String RESET = "\u001b[0m";
    private static final String NONE = "-";
    private static final String OK = "ok";

    private final boolean colours;

    public DemoTable(Terminal terminal) {
        colours = terminal.colours();
    }

    /// The whole report, lines ended by line feeds.
    public String text(DemoResult result) {
        StringBuilder out = new StringBuilder();
        connections(result, out);
        out.append('\n');
        servers(result, out);
        out.append('\n').append(verdict(result)).append('\n');
        return out.toString();
    }

    private void connections(DemoResult result, StringBuilder out) {
        TextTable table =
                new TextTable(
                        ">#",
                        "<client",
                        "<moved to",
                        "<server",
                        ">received",
                        "<moved?",
                        "<verdict");
        for (DemoConnection connection : result.connections()) {
            InetSocketAddress movedTo = connection.movedTo();
            table.row(
                    Integer.toString(connection.number()),
                    text(connection.client()),
                    movedTo != null ? text(movedTo) : NONE,
                    server(connection),
                    Bytes.text(connection.bytesReceived()),
                    movedTo == null
                            ? NONE
                            : connection.validatedPaths() > 0 ? "followed" : "not seen",
                    connection.isOk() ? OK : connection.problem());
        }
        table.appendTo(
                out,
                heading -> paint(BOLD, heading),
                cell -> paint(cell.equals(OK) ? GREEN : RED, cell));
    }

    private void servers(DemoResult result, StringBuilder out) {
        long all = result.servers().stream().mapToLong(DemoServer::connections).sum();
        TextTable table =
                new TextTable(
                        "<server",
                        "<address",
                        ">connections",
                        ">share",
                        ">sent",
                        ">new client addresses");
        for (DemoServer server : result.servers()) {
            table.row(
                    server.name(),
                    text(server.address()),
                    Long.toString(server.connections()),
                    100 * server.connections() / Math.max(1, all) + " %",
                    Bytes.text(server.bytesSent()),
                    Long.toString(server.newPaths()));
        }
        table.appendTo(out, heading -> paint(BOLD, heading), cell -> cell);
    }

    private String verdict(DemoResult result) {
        long ok = result.connections().stream().filter(DemoConnection::isOk).count();
        long moved = result.connections().stream().filter(each -> each.movedTo() != null).count();
        long followed =
                result.connections().stream()
                        .filter(each -> each.movedTo() != null && each.isOk())
                        .count();
        String text =
                String.format(
                        Locale.ROOT,
                        "%d of %d connections got every byte from one server; %d of %d that moved were followed"
                                + " (%.1f s).",
                        ok,
                        result.connections().size(),
                        followed,
                        moved,
                        result.durationNs() / 1e9);
        return paint(result.isOk() ? GREEN : RED, text);
    }

    private static String server(DemoConnection connection) {
        String before = connection.serverBefore();
        String after = connection.serverAfter();
        if (before.isEmpty()) {
            return NONE;
        }
        return after.isEmpty() || after.equals(before) ? before : before + ", then " + after;
    }

    private static String text(InetSocketAddress address) {
        InetAddress ip = address.getAddress();
        String host = ip.getHostAddress();
        return (ip instanceof Inet6Address ? '[' + host + ']' : host) + ':' + address.getPort();
    }

    private String paint(String colour, String text) {
        return colours ? colour + text + RESET : text;
    }
}
