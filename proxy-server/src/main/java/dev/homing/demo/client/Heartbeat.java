package dev.homing.demo.client;

import dev.homing.demo.wire.Request;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamType;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Lets a client say something when it has nothing to say, and hear it back.
///
/// When a NAT gives a client a new address in the middle of a download, the server goes on sending
/// to the old one and the client, which has nothing to acknowledge, says nothing: both would wait
/// until the connection times out. A beat shows the server where the client is now.
///
/// A beat fills a datagram. RFC 9000 §8: a server sends at most three times what it received from
/// an address that it has not validated; after a small datagram its challenge would be a small one
/// too, and the path would have to be validated twice.
///
/// Runs on the connection's event loop.
final class Heartbeat implements Runnable {
    private static final int BEAT_BYTES = 1200;
    private static final long INTERVAL_MS = 50;

    /// What somebody waits for: as many bytes back in all.
    private record Beat(long bytesBack, CompletableFuture<Void> done) {}

    private final QuicChannel channel;
    private final ArrayDeque<Beat> beats = new ArrayDeque<>();
    private @Nullable Future<QuicStreamChannel> stream;
    private @Nullable Future<?> timer;
    private long bytesSent;
    private long bytesBack;
    private int waiting;
    private boolean heard;

    Heartbeat(QuicChannel channel) {
        this.channel = channel;
    }

    /// Somebody waits for an answer from now on.
    void waitingStarts() {
        if (waiting++ == 0) {
            heard = true;
            timer =
                    channel.eventLoop()
                            .scheduleAtFixedRate(
                                    this, INTERVAL_MS, INTERVAL_MS, TimeUnit.MILLISECONDS);
        }
    }

    void waitingEnds() {
        if (--waiting == 0 && timer != null) {
            timer.cancel(false);
        }
    }

    /// Something came: no need to speak for a while.
    void heard() {
        heard = true;
    }

    @Override
    public void run() {
        if (heard) {
            heard = false;
        } else {
            beat(new CompletableFuture<>());
        }
    }

    /// Sends one beat; completes `done` once it is back.
    void beat(CompletableFuture<Void> done) {
        if (stream == null) {
            stream = channel.createStream(QuicStreamType.BIDIRECTIONAL, new Echoes());
            stream.addListener(opened -> say(new Request.Echo().line() + '\n'));
        }
        stream.addListener(opened -> {
            if (!opened.isSuccess()) {
                done.completeExceptionally(opened.cause());
                return;
            }
            bytesSent += BEAT_BYTES;
            beats.add(new Beat(bytesSent, done));
            say(".".repeat(BEAT_BYTES));
        });
    }

    private void say(String what) {
        Future<QuicStreamChannel> open = stream;
        if (open != null && open.isSuccess()) {
            QuicStreamChannel out = open.getNow();
            out.writeAndFlush(ByteBufUtil.writeAscii(out.alloc(), what));
        }
    }

    private final class Echoes extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object received) {
            ByteBuf bytes = (ByteBuf) received;
            bytesBack += bytes.readableBytes();
            bytes.release();
            heard = true;
            for (Beat beat = beats.peek();
                    beat != null && beat.bytesBack() <= bytesBack;
                    beat = beats.peek()) {
                beats.remove();
                beat.done().complete(null);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            for (Beat beat = beats.poll(); beat != null; beat = beats.poll()) {
                beat.done().completeExceptionally(new IOException("the connection is closed"));
            }
            ctx.fireChannelInactive();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}
