package dev.homing.demo.server;

import dev.homing.demo.wire.Request;
import dev.homing.demo.wire.SeededBytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamFrame;
import org.jspecify.annotations.Nullable;

/// The server's end of one stream: reads one [Request] and answers it.
///
/// Runs on the server's event loop. What it holds is bounded: a request line, and while the client
/// or its flow control will not take more, one stream's write buffer. An answer of any length is
/// made as it is sent.
final class RequestStream extends ChannelInboundHandlerAdapter {
    private static final int CHUNK_BYTES = 16 << 10;

    private final String serverName;
    private final ServerTally tally;
    private final StringBuilder line = new StringBuilder(Request.MAX_LINE_BYTES);
    private @Nullable Request request;
    private @Nullable SeededBytes content;
    private long leftBytes;
    private boolean finished;

    RequestStream(String serverName, ServerTally tally) {
        this.serverName = serverName;
        this.tally = tally;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object received) {
        ByteBuf bytes = (ByteBuf) received;
        if (request == null && (finished || !readLine(ctx, bytes))) {
            bytes.release();
            return;
        }
        if (request instanceof Request.Echo && bytes.isReadable()) {
            ctx.write(bytes);
        } else {
            bytes.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.flush();
        // An echo that the client does not read stops reading from it.
        ctx.channel().config().setAutoRead(ctx.channel().isWritable() || content != null);
        ctx.fireChannelReadComplete();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        SeededBytes bytes = content;
        if (bytes != null) {
            sendContent(ctx, bytes);
        } else if (ctx.channel().isWritable()) {
            ctx.channel().config().setAutoRead(true);
        }
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE && content == null) {
            if (request instanceof Request.Echo) {
                // Not from within the event: of FINs sent there Netty 4.2.18 loses several in a
                // hundred; of those sent right after it, one in thousands.
                ctx.executor().execute(() -> finish(ctx));
            } else {
                refuse(ctx);
            }
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // The client reset the stream or its connection is gone: nobody is left to answer.
        tally.streamsAborted.increment();
        ctx.close();
    }

    /// Collects the request line; true once it is read and answering has begun.
    private boolean readLine(ChannelHandlerContext ctx, ByteBuf bytes) {
        while (bytes.isReadable()) {
            char next = (char) bytes.readUnsignedByte();
            if (next == '\n') {
                request = Request.parse(line.toString());
                if (request == null) {
                    refuse(ctx);
                    return false;
                }
                if (request instanceof Request.Get(long lengthBytes, long seed)) {
                    tally.transfers.increment();
                    leftBytes = lengthBytes;
                    content = new SeededBytes(seed);
                    ctx.write(ByteBufUtil.writeUtf8(ctx.alloc(), serverName + '\n'));
                    sendContent(ctx, content);
                }
                return true;
            }
            line.append(next);
            if (line.length() > Request.MAX_LINE_BYTES) {
                refuse(ctx);
                return false;
            }
        }
        return false;
    }

    /// Sends as much as the stream takes now; the next change of writability calls again, sometimes
    /// from within a write of this very loop.
    private void sendContent(ChannelHandlerContext ctx, SeededBytes bytes) {
        while (leftBytes > 0 && ctx.channel().isWritable()) {
            int length = (int) Math.min(CHUNK_BYTES, leftBytes);
            ByteBuf chunk = ctx.alloc().directBuffer(length);
            bytes.writeTo(chunk, length);
            leftBytes -= length;
            tally.bytesSent.add(length);
            ctx.write(chunk);
        }
        ctx.flush();
        if (leftBytes == 0 && !finished) {
            finished = true;
            finish(ctx);
        }
    }

    private static void finish(ChannelHandlerContext ctx) {
        // Not shutdownOutput(): in 4.2.18 its FIN overtakes what still waits for flow control, and
        // cuts that off.
        ctx.writeAndFlush(QuicStreamFrame.EMPTY_FIN);
    }

    private void refuse(ChannelHandlerContext ctx) {
        if (finished) {
            return;
        }
        finished = true;
        tally.badRequests.increment();
        ((QuicStreamChannel) ctx.channel()).shutdown(Request.BAD_REQUEST);
        ctx.close();
    }
}
