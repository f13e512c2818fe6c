package dev.homing.observe.http;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/// Closes a connection at once when there are too many. One thread for all connections.
@Sharable
final class ConnectionLimit extends ChannelInboundHandlerAdapter {

    private final int maximum;
    private int open;

    ConnectionLimit(int maximum) {
        this.maximum = maximum;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        open++;
        if (open > maximum) {
            context.close();
        } else {
            context.fireChannelActive();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        open--;
        context.fireChannelInactive();
    }
}
