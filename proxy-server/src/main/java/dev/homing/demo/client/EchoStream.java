package dev.homing.demo.client;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/// The client's end of a [Request.Echo]: collects what comes back. Runs on the event loop.
final class EchoStream extends ChannelInboundHandlerAdapter {
    private final CompletableFuture<byte[]> result;
    private final ByteArrayOutputStream back = new ByteArrayOutputStream();

    EchoStream(CompletableFuture<byte[]> result) {
        this.result = result;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object received) throws IOException {
        ByteBuf bytes = (ByteBuf) received;
        try {
            bytes.readBytes(back, bytes.readableBytes());
        } finally {
            bytes.release();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            result.complete(back.toByteArray());
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        result.completeExceptionally(
                new IOException("the echo failed after " + back.size() + " bytes", cause));
        ctx.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        result.completeExceptionally(
                new IOException("the echo ended after " + back.size() + " bytes"));
        ctx.fireChannelInactive();
    }
}
