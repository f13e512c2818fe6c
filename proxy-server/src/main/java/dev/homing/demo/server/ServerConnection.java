package dev.homing.demo.server;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// What a [QuicServer] knows of one connection. Written by the server's event loop, read by any
/// thread.
public final class ServerConnection {
    /// More is not kept: a client that keeps changing its address must not fill the server's
    /// memory.
    private static final int MAX_EVENTS = 256;

    private final String id;
    private final InetSocketAddress firstPeer;
    private final List<PathEvent> events = new CopyOnWriteArrayList<>();
    private volatile boolean open = true;

    ServerConnection(String id, InetSocketAddress firstPeer) {
        this.id = id;
        this.firstPeer = firstPeer;
    }

    /// The connection ID that the server chose in the handshake, in hexadecimal;
    /// [ClientConnection#id] is the same.
    public String id() {
        return id;
    }

    /// The address that the server saw the client at when the handshake completed.
    public InetSocketAddress firstPeer() {
        return firstPeer;
    }

    /// Everything that happened to the connection's paths so far, oldest first; a snapshot.
    public List<PathEvent> events() {
        return List.copyOf(events);
    }

    /// How many events of this kind there were for an address other than the first.
    public long count(PathEvent.Kind kind) {
        return events.stream()
                .filter(event -> event.kind() == kind && !event.peer().equals(firstPeer))
                .count();
    }

    public boolean isOpen() {
        return open;
    }

    void add(PathEvent event) {
        if (events.size() < MAX_EVENTS) {
            events.add(event);
        }
    }

    void closed() {
        open = false;
    }
}
