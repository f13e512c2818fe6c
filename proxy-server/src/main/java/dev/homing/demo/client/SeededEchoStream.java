package dev.homing.demo.client;

import dev.homing.demo.wire.Request;
import dev.homing.demo.wire.SeededBytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.quic.QuicStreamFrame;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;

/// The client's end of a [Request.Echo] of any length: makes what it sends while the stream takes
/// it, and compares what comes back. Runs on the event loop.
final class SeededEchoStream extends ChannelInboundHandlerAdapter {
    private static final int CHUNK_BYTES = 16 << 10;

    private final long lengthBytes;
    private final LongConsumer progress;
    private final CompletableFuture<Transfer> result;
    private final SeededBytes content;
    private final SeededBytes expected;
    private final long startNs = System.nanoTime();
    private long leftBytes;
    private boolean finished;
    private long receivedBytes;
    private long firstWrongByte = -1;

    /// @param progress called on the event loop with the number of bytes received so far, for each
    ///   piece that comes
    SeededEchoStream(
            long lengthBytes,
            long seed,
            LongConsumer progress,
            CompletableFuture<Transfer> result) {
        this.lengthBytes = lengthBytes;
        this.progress = progress;
        this.result = result;
        leftBytes = lengthBytes;
        content = new SeededBytes(seed);
        expected = new SeededBytes(seed);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        ctx.write(ByteBufUtil.writeAscii(ctx.alloc(), new Request.Echo().line() + '\n'));
        send(ctx);
        ctx.fireChannelActive();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        send(ctx);
        ctx.fireChannelWritabilityChanged();
    }

    /// Sends as much as the stream takes now; the next change of writability calls again, sometimes
    /// from within a write of this very loop.
    private void send(ChannelHandlerContext ctx) {
        while (leftBytes > 0 && ctx.channel().isWritable()) {
            int length = (int) Math.min(CHUNK_BYTES, leftBytes);
            ByteBuf chunk = ctx.alloc().directBuffer(length);
            content.writeTo(chunk, length);
            leftBytes -= length;
            ctx.write(chunk);
        }
        ctx.flush();
        if (leftBytes == 0 && !finished) {
            finished = true;
            // Not shutdownOutput(): in 4.2.18 its FIN overtakes what still waits for flow control.
            ctx.writeAndFlush(QuicStreamFrame.EMPTY_FIN);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object received) {
        ByteBuf bytes = (ByteBuf) received;
        try {
            int length = bytes.readableBytes();
            if (firstWrongByte < 0) {
                int right = expected.firstWrong(bytes);
                firstWrongByte = right < 0 ? -1 : receivedBytes + right;
            }
            receivedBytes += length;
            progress.accept(receivedBytes);
            if (receivedBytes >= lengthBytes) {
                complete(); // the server's FIN may be long in coming, or lost in its own stack
            }
        } finally {
            bytes.release();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            complete();
        }
        ctx.fireUserEventTriggered(event);
    }

    /// Once: what comes later changes nothing.
    private void complete() {
        // Nobody names himself in an echo.
        result.complete(
                new Transfer(
                        "",
                        lengthBytes,
                        receivedBytes,
                        firstWrongByte,
                        System.nanoTime() - startNs));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        result.completeExceptionally(
                new IOException("the echo failed after " + receivedBytes + " bytes", cause));
        ctx.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        result.completeExceptionally(
                new IOException(
                        "the echo ended after " + receivedBytes + " of " + lengthBytes + " bytes"));
        ctx.fireChannelInactive();
    }
}
