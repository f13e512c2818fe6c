package dev.homing.demo.client;

import dev.homing.demo.wire.ConnectionIdText;
import dev.homing.demo.wire.Request;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamFrame;
import io.netty.handler.codec.quic.QuicStreamType;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One QUIC connection of a [QuicClient]; carries any number of requests, also at the same time.
///
/// Every method may be called from any thread. Futures complete on the client's event loop.
public final class ClientConnection {
    private final QuicChannel channel;
    private final Heartbeat heartbeat;
    private final String id;

    /// @param channel one whose handshake is done, or what the server calls the connection is not
    ///   known yet
    ClientConnection(QuicChannel channel) {
        this.channel = channel;
        heartbeat = new Heartbeat(channel);
        id = ConnectionIdText.of(channel.remoteAddress());
    }

    /// The connection ID that the server chose in the handshake, in hexadecimal:
    /// [ServerConnection#id] is the same.
    public String id() {
        return id;
    }

    public boolean isOpen() {
        return channel.isActive();
    }

    /// Asks for `lengthBytes` bytes that `seed` determines, and compares each of them.
    public CompletableFuture<Transfer> get(long lengthBytes, long seed) {
        return get(lengthBytes, seed, received -> {});
    }

    /// As [#get(long, long)].
    ///
    /// @param progress called on the event loop, for each piece that comes, with the number of
    ///   bytes received so far
    public CompletableFuture<Transfer> get(long lengthBytes, long seed, LongConsumer progress) {
        return get(new Request.Get(lengthBytes, seed), progress, null);
    }

    /// As [#get(long, long, LongConsumer)], with a break near the beginning: no more than
    /// [QuicClient#STREAM_WINDOW_BYTES] are sent before what `meanwhile` returns is complete.
    ///
    /// @param meanwhile called on the event loop when the first bytes have come
    public CompletableFuture<Transfer> getWithBreak(
            long lengthBytes,
            long seed,
            LongConsumer progress,
            Supplier<? extends CompletionStage<?>> meanwhile) {
        return get(new Request.Get(lengthBytes, seed), progress, meanwhile);
    }

    private CompletableFuture<Transfer> get(
            Request.Get request,
            LongConsumer progress,
            @Nullable Supplier<? extends CompletionStage<?>> meanwhile) {
        CompletableFuture<Transfer> result = new CompletableFuture<>();
        LongConsumer heard =
                received -> {
                    heartbeat.heard();
                    progress.accept(received);
                };
        send(
                request,
                Unpooled.EMPTY_BUFFER,
                new GetStream(request, heard, meanwhile, result),
                result);
        return result;
    }

    /// Sends one full datagram's worth of nothing in particular; completes when the server's echo
    /// is back. A client that has a new address shows itself to its server so.
    public CompletableFuture<Void> beat() {
        CompletableFuture<Void> result = new CompletableFuture<>();
        channel.eventLoop().execute(() -> heartbeat.beat(result));
        return result;
    }

    /// Sends `bytes` and completes with what came back.
    public CompletableFuture<byte[]> echo(byte[] bytes) {
        CompletableFuture<byte[]> result = new CompletableFuture<>();
        send(new Request.Echo(), Unpooled.copiedBuffer(bytes), new EchoStream(result), result);
        return result;
    }

    /// Sends `lengthBytes` bytes that `seed` determines, and compares each of them with what comes
    /// back; so many bytes each way at the same time, of which no more than the flow control
    /// windows is held. The transfer names no server.
    public CompletableFuture<Transfer> echo(long lengthBytes, long seed) {
        CompletableFuture<Transfer> result = new CompletableFuture<>();
        open(
                new SeededEchoStream(lengthBytes, seed, received -> heartbeat.heard(), result),
                result,
                opened -> {},
                () -> {});
        return result;
    }

    /// Closes the connection and tells the server.
    public void close() {
        channel.close(true, 0, Unpooled.EMPTY_BUFFER);
    }

    private void send(
            Request request, ByteBuf body, ChannelHandler answer, CompletableFuture<?> result) {
        open(
                answer,
                result,
                stream -> {
                    stream.write(ByteBufUtil.writeAscii(stream.alloc(), request.line() + '\n'));
                    stream.write(body);
                    // Not shutdownOutput(): in 4.2.18 its FIN overtakes what still waits for flow
                    // control.
                    stream.writeAndFlush(QuicStreamFrame.EMPTY_FIN);
                },
                body::release);
    }

    /// Opens a stream; what goes wrong with that is the result's failure.
    private void open(
            ChannelHandler answer,
            CompletableFuture<?> result,
            Consumer<QuicStreamChannel> opened,
            Runnable failed) {
        channel.eventLoop()
                .execute(() -> {
                    heartbeat.waitingStarts();
                    result.whenComplete(
                            (value, cause) -> channel.eventLoop().execute(heartbeat::waitingEnds));
                    channel.createStream(QuicStreamType.BIDIRECTIONAL, answer)
                            .addListener((Future<QuicStreamChannel> created) -> {
                                if (created.isSuccess()) {
                                    opened.accept(created.getNow());
                                } else {
                                    failed.run();
                                    result.completeExceptionally(
                                            new IOException(
                                                    "no stream could be opened", created.cause()));
                                }
                            });
                });
    }
}
