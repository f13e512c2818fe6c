package dev.homing.demo.server;

import dev.homing.demo.wire.ConnectionIdText;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.quic.QuicChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Sits in each connection of a [QuicServer] and writes down what happens to it. Runs on the
/// server's event loop.
final class ConnectionWatch extends ChannelInboundHandlerAdapter {
    private final ServerTally tally;
    private final Consumer<ServerConnection> accepted;
    private @Nullable ServerConnection connection;

    ConnectionWatch(ServerTally tally, Consumer<ServerConnection> accepted) {
        this.tally = tally;
        this.accepted = accepted;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        QuicChannel channel = (QuicChannel) ctx.channel();
        // Set when the connection was accepted: a server's connection always has a client.
        SocketAddress peer =
                Objects.requireNonNull(channel.remoteSocketAddress(), "client address");
        connection =
                new ServerConnection(
                        ConnectionIdText.of(channel.localAddress()), (InetSocketAddress) peer);
        tally.connections.increment();
        accepted.accept(connection);
        ctx.fireChannelActive();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        PathEvent path = PathEvent.of(event);
        ServerConnection known = connection;
        if (path != null && known != null) {
            known.add(path);
            switch (path.kind()) {
                case NEW -> tally.newPaths.increment();
                case VALIDATED -> tally.validatedPaths.increment();
                case MIGRATED -> tally.migrations.increment();
                case FAILED, SAME_CONNECTION_ID, CLOSED -> {}
            }
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // quiche has given the connection up; what a stranger sends is no reason for a log line.
        tally.connectionsFailed.increment();
        ctx.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        ServerConnection known = connection;
        if (known != null) {
            known.closed();
            tally.connectionsClosed.increment();
        }
        ctx.fireChannelInactive();
    }
}
