package dev.homing.demo.client;

import dev.homing.demo.wire.Request;
import dev.homing.demo.wire.SeededBytes;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The client's end of a [Request.Get]: compares the answer with its seed while it comes. Runs on
/// the event loop.
final class GetStream extends ChannelInboundHandlerAdapter {
    private static final int MAX_NAME_BYTES = 256;

    private final Request.Get request;
    private final LongConsumer progress;
    private @Nullable Supplier<? extends CompletionStage<?>> meanwhile;
    private final CompletableFuture<Transfer> result;
    private final SeededBytes expected;
    private final long startNs = System.nanoTime();
    private final StringBuilder server = new StringBuilder();
    private boolean named;
    private long receivedBytes;
    private long firstWrongByte = -1;

    /// @param progress called on the event loop with the number of bytes received so far, for each
    ///   piece that comes
    /// @param meanwhile asked once, when the first bytes have come; nothing more is read before
    ///   what it returns is complete. Null for a transfer without a break
    GetStream(
            Request.Get request,
            LongConsumer progress,
            @Nullable Supplier<? extends CompletionStage<?>> meanwhile,
            CompletableFuture<Transfer> result) {
        this.request = request;
        this.progress = progress;
        this.meanwhile = meanwhile;
        this.result = result;
        expected = new SeededBytes(request.seed());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object received) {
        ByteBuf bytes = (ByteBuf) received;
        try {
            if (!named) {
                readName(ctx, bytes);
            }
            if (named && bytes.isReadable()) {
                check(bytes);
            }
        } finally {
            bytes.release();
        }
        if (meanwhile != null && receivedBytes > 0) {
            takeABreak(ctx, meanwhile);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            if (named) {
                long durationNs = System.nanoTime() - startNs;
                result.complete(
                        new Transfer(
                                server.toString(),
                                request.lengthBytes(),
                                receivedBytes,
                                firstWrongByte,
                                durationNs));
            } else {
                fail("the server's answer ended before its name");
            }
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        result.completeExceptionally(
                new IOException("the stream failed after " + receivedBytes + " bytes", cause));
        ctx.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        // Later than the FIN this changes nothing: the result is there.
        fail("the stream ended after " + receivedBytes + " of " + request.lengthBytes() + " bytes");
        ctx.fireChannelInactive();
    }

    private void readName(ChannelHandlerContext ctx, ByteBuf bytes) {
        int length = bytes.bytesBefore((byte) '\n');
        named = length >= 0;
        server.append(
                bytes.readCharSequence(
                        named ? length : bytes.readableBytes(), StandardCharsets.UTF_8));
        if (named) {
            bytes.skipBytes(1);
        } else if (server.length() > MAX_NAME_BYTES) {
            fail("the server's name is longer than " + MAX_NAME_BYTES + " bytes");
            ctx.close();
        }
    }

    private void check(ByteBuf bytes) {
        int length = bytes.readableBytes();
        if (firstWrongByte < 0) {
            int right = expected.firstWrong(bytes);
            firstWrongByte = right < 0 ? -1 : receivedBytes + right;
        }
        receivedBytes += length;
        progress.accept(receivedBytes);
    }

    /// Stops reading: with its flow control window used up the server stops sending, too.
    private void takeABreak(
            ChannelHandlerContext ctx, Supplier<? extends CompletionStage<?>> during) {
        meanwhile = null;
        ctx.channel().config().setAutoRead(false);
        during.get()
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        result.completeExceptionally(failure);
                    }
                    ctx.channel().config().setAutoRead(true);
                });
    }

    private void fail(String why) {
        result.completeExceptionally(new IOException(why));
    }
}
