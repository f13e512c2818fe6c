package dev.homing.demo.client;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.SslEarlyDataReadyEvent;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Sits in a client's connection and sends its request with 0-RTT keys when there are any. Runs on
/// the event loop.
final class EarlyRequest extends ConnectionErrors {
    private final long lengthBytes;
    private final long seed;
    private @Nullable CompletableFuture<Transfer> early;

    EarlyRequest(long lengthBytes, long seed) {
        this.lengthBytes = lengthBytes;
        this.seed = seed;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslEarlyDataReadyEvent) {
            early = new ClientConnection((QuicChannel) ctx.channel()).get(lengthBytes, seed);
        }
        ctx.fireUserEventTriggered(event);
    }

    /// Called on the event loop once the handshake is complete.
    CompletableFuture<EarlyTransfer> result(ClientConnection connection) {
        CompletableFuture<Transfer> sent = early;
        boolean sentEarly = sent != null;
        return (sent != null ? sent : connection.get(lengthBytes, seed))
                .thenApply(transfer -> new EarlyTransfer(connection, transfer, sentEarly));
    }
}
