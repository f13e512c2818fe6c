package dev.homing.demo.client;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/// Sits in a client's connection and closes it when QUIC gives it up: whoever waits for something
/// on one of its streams then learns that the stream has ended. Runs on the event loop.
sealed class ConnectionErrors extends ChannelInboundHandlerAdapter permits EarlyRequest {
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
