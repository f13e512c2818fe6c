package dev.homing.observe.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufOutputStream;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/// Sends a [LongAnswer] to one client, piece by piece. A client that does not read gets no more
/// pieces until it does; what it misses meanwhile is the answer's business.
///
/// The connection's event loop.
final class Streaming {

    /// Each look for more costs a wake-up, whether there is something or not.
    private static final long PERIOD_MS = 100;

    /// After so many octets in one period, what comes next is waited for less long: it must not
    /// fill up the place where it waits.
    private static final int BUSY_BYTES = 256 << 10;

    private static final long BUSY_PERIOD_MS = 20;
    private static final long BEGINNING_MS = 10;

    private final ChannelHandlerContext ctx;
    private final LongAnswer answer;
    private final Connections connections;
    private final boolean isChunked;
    private final Runnable afterwards;
    private final long readTimeoutNs;

    private boolean isHeadSent;
    private boolean isEnded;

    /// When a client that reads nothing after the end is given up, as of System.nanoTime(); 0
    /// before.
    private long giveUpNs;

    /// @param version of the request: HTTP/1.0 knows no chunks (RFC 9112 section 6.1)
    /// @param readTimeoutMs how long a client may need to read the rest
    /// @param afterwards when all is sent
    Streaming(
            ChannelHandlerContext ctx,
            LongAnswer answer,
            Connections connections,
            HttpVersion version,
            long readTimeoutMs,
            Runnable afterwards) {
        this.ctx = ctx;
        this.answer = answer;
        this.connections = connections;
        isChunked = version.compareTo(HttpVersion.HTTP_1_1) >= 0;
        readTimeoutNs = TimeUnit.MILLISECONDS.toNanos(readTimeoutMs);
        this.afterwards = afterwards;
    }

    void begin() {
        run();
    }

    /// The client has gone away.
    void stop() {
        isEnded = true;
        answer.close();
    }

    private void run() {
        if (isEnded) {
            return;
        }
        try {
            again(step());
        } catch (IOException | RuntimeException e) {
            stop();
            ctx.pipeline().fireExceptionCaught(e); // which closes the connection
        }
    }

    private void again(long afterMs) {
        if (afterMs >= 0) {
            ctx.executor().schedule(this::run, afterMs, TimeUnit.MILLISECONDS);
        }
    }

    /// @return when the next step is due, in milliseconds; negative for never
    private long step() throws IOException {
        connections.used(ctx.channel());
        if (!isHeadSent) {
            if (!answer.hasBegun()) {
                return BEGINNING_MS;
            }
            sendHead();
        }
        boolean isOver = answer.isOver();
        if (!ctx.channel().isWritable()) {
            return isOver && isGivenUp() ? giveUp() : PERIOD_MS;
        }
        ByteBuf piece = ctx.alloc().buffer();
        boolean isMore;
        try (ByteBufOutputStream out = new ByteBufOutputStream(piece)) {
            isMore = answer.write(out);
            if (isOver && !isMore) {
                answer.writeEnd(out);
            }
        } catch (IOException | RuntimeException e) {
            piece.release();
            throw e;
        }
        boolean isBusy = piece.readableBytes() >= BUSY_BYTES;
        send(piece);
        if (isOver && !isMore) {
            end();
            return -1;
        }
        return isMore ? 0 : isBusy ? BUSY_PERIOD_MS : PERIOD_MS;
    }

    private boolean isGivenUp() {
        long now = System.nanoTime();
        if (giveUpNs == 0) {
            giveUpNs = now + readTimeoutNs;
        }
        return now - giveUpNs >= 0;
    }

    private long giveUp() {
        stop();
        ctx.close();
        return -1;
    }

    private void sendHead() {
        isHeadSent = true;
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        HttpHeaders headers = head.headers();
        headers.set(HttpHeaderNames.CONTENT_TYPE, answer.contentType());
        AdminConnection.protect(headers);
        HttpUtil.setTransferEncodingChunked(head, isChunked);
        ctx.writeAndFlush(head);
    }

    private void send(ByteBuf piece) {
        if (piece.isReadable()) {
            ctx.writeAndFlush(new DefaultHttpContent(piece));
        } else {
            piece.release();
        }
    }

    private void end() {
        isEnded = true;
        answer.close();
        ctx.writeAndFlush(new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER))
                .addListener(written -> {
                    if (written.isSuccess() && ctx.channel().isActive()) {
                        afterwards.run();
                    }
                });
    }
}
