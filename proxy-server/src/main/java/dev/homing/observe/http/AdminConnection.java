package dev.homing.observe.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection: reads a request, answers it, and only then reads the next. A client that sends
/// many requests and reads no answers therefore waits in the kernel and not in our memory. While a
/// long answer goes on, one part of the next request is asked for, so that a client that goes away
/// is noticed.
final class AdminConnection extends SimpleChannelInboundHandler<HttpObject> {

    private static final Logger LOG = LoggerFactory.getLogger(AdminConnection.class);

    /// No page takes a body; a short one is skipped, so that its sender can read the answer.
    private static final int BODY_MAX_BYTES = 1024;

    /// A page here may load and run what comes from here, and nothing else; nobody may put it into
    /// a frame, and no text becomes HTML (W3C CSP 3, Trusted Types).
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
                    + " require-trusted-types-for 'script'; trusted-types 'none'";

    private final AdminPages pages;
    private final OwnPages own;
    private final Connections connections;
    private final long answerTimeoutMs;
    private @Nullable Future<?> deadline;

    /// The request that is coming in; null between requests.
    private @Nullable HttpRequest request;

    private int bodyBytes;

    /// The long answer that goes on; null for none.
    private @Nullable Streaming streaming;

    /// What came of the next request during a long answer.
    private @Nullable HttpObject early;

    /// Whether a part was asked for that has not come yet.
    private boolean isReading;

    /// @param answerTimeoutMs from one answer, or from the opening, to the end of the next: it ends
    ///   idle connections, requests that come in byte by byte, and answers that nobody reads
    AdminConnection(AdminPages pages, OwnPages own, Connections connections, long answerTimeoutMs) {
        this.pages = pages;
        this.own = own;
        this.connections = connections;
        this.answerTimeoutMs = answerTimeoutMs;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        connections.opened(ctx.channel());
        next(ctx);
    }

    private void next(ChannelHandlerContext ctx) {
        stopDeadline();
        deadline =
                ctx.executor().schedule(() -> ctx.close(), answerTimeoutMs, TimeUnit.MILLISECONDS);
        HttpObject first = early;
        if (first == null) {
            read(ctx);
        } else {
            early = null;
            take(ctx, first);
        }
    }

    private void read(ChannelHandlerContext ctx) {
        isReading = true;
        ctx.read();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        // What was asked for while the last bytes were still being worked through counts as
        // answered by them.
        if (isReading) {
            ctx.read();
        }
    }

    private void stopDeadline() {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject part) {
        isReading = false;
        if (streaming == null) {
            take(ctx, part);
        } else {
            // The first part of a request is its head, which holds no memory that must be released.
            early = part;
        }
    }

    private void take(ChannelHandlerContext ctx, HttpObject part) {
        if (part instanceof HttpRequest head) {
            request = head;
            bodyBytes = 0;
            connections.used(ctx.channel());
        }
        if (part instanceof HttpContent body) {
            bodyBytes += body.content().readableBytes();
        }
        HttpRequest head = request;
        if (head == null) {
            // The rest of a request that is answered already: the connection is about to close.
            return;
        }
        DecoderResult decoded = part.decoderResult();
        if (decoded.isFailure()) {
            answerAndClose(ctx, refusal(decoded.cause()));
        } else if (bodyBytes > BODY_MAX_BYTES) {
            answerAndClose(
                    ctx,
                    Answer.plain(
                            HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
                            "no page here takes a body\n"));
        } else if (part instanceof LastHttpContent) {
            answer(ctx, head);
        } else {
            read(ctx);
        }
    }

    private void answer(ChannelHandlerContext ctx, HttpRequest head) {
        request = null;
        String refusal = own.refusal(head.method(), head.headers());
        if (refusal != null) {
            send(ctx, Answer.plain(HttpResponseStatus.FORBIDDEN, refusal + "\n"));
            return;
        }
        Optional<Deed> deed = pages.deed(head.method(), head.uri());
        if (deed.isPresent()) {
            perform(ctx, deed.get(), head);
            return;
        }
        Reply reply = pages.longAnswer(head.method(), head.uri());
        if (reply instanceof LongAnswer answer) {
            stream(ctx, answer, head);
            return;
        }
        String accept = String.join(",", head.headers().getAll(HttpHeaderNames.ACCEPT));
        Answer answer =
                reply instanceof Reply.Refused refused
                        ? Answer.plain(
                                HttpResponseStatus.valueOf(refused.status()),
                                refused.sentence() + "\n")
                        : pages.answer(head.method(), head.uri(), accept);
        send(ctx, answer);
    }

    /// What takes a while is done elsewhere, and answered when it is done.
    private void perform(ChannelHandlerContext ctx, Deed deed, HttpRequest head) {
        CompletionStage<Deed.Done> done;
        try {
            done = deed.begin();
        } catch (RuntimeException e) {
            done = CompletableFuture.failedStage(e);
        }
        done.whenCompleteAsync(
                (result, failure) -> {
                    if (failure != null) {
                        LOG.atError()
                                .addKeyValue("path", head.uri())
                                .setCause(failure)
                                .log("admin-deed-failed");
                    }
                    send(ctx, failure == null ? Answer.done(result) : Answer.failed());
                },
                ctx.executor());
    }

    private void send(ChannelHandlerContext ctx, Answer answer) {
        ctx.writeAndFlush(response(answer))
                .addListener(written -> {
                    if (written.isSuccess() && ctx.channel().isActive()) {
                        next(ctx);
                    }
                });
    }

    private void stream(ChannelHandlerContext ctx, LongAnswer answer, HttpRequest head) {
        stopDeadline();
        Streaming begun =
                new Streaming(
                        ctx,
                        answer,
                        connections,
                        head.protocolVersion(),
                        answerTimeoutMs,
                        () -> {
                            streaming = null;
                            next(ctx);
                        });
        streaming = begun;
        begun.begin();
        read(ctx);
    }

    /// For requests whose end is unknown: what follows cannot be told apart from it.
    private void answerAndClose(ChannelHandlerContext ctx, Answer answer) {
        request = null;
        FullHttpResponse response = response(answer);
        response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    private static Answer refusal(Throwable cause) {
        return switch (cause) {
            case TooLongHttpLineException tooLong ->
                    Answer.plain(
                            HttpResponseStatus.REQUEST_URI_TOO_LONG,
                            "the request line is too long\n");
            case TooLongHttpHeaderException tooLong ->
                    Answer.plain(
                            HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
                            "the headers are too long\n");
            default -> Answer.plain(HttpResponseStatus.BAD_REQUEST, "this is no HTTP request\n");
        };
    }

    /// What browsers are told of every answer.
    static void protect(HttpHeaders headers) {
        headers.set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE);
        headers.set(HttpHeaderNames.CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY);
        headers.set("x-content-type-options", "nosniff");
        headers.set("referrer-policy", "no-referrer");
        headers.set("cross-origin-resource-policy", "same-origin");
    }

    private static FullHttpResponse response(Answer answer) {
        // String has the faster encoder: Netty's goes through the text character by character.
        ByteBuf body = Unpooled.wrappedBuffer(answer.body().getBytes(StandardCharsets.UTF_8));
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, answer.status(), body);
        HttpHeaders headers = response.headers();
        // The encoder leaves out the body of an answer to HEAD, and this length stays.
        headers.set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        headers.set(HttpHeaderNames.CONTENT_TYPE, answer.contentType());
        protect(headers);
        if (!answer.allow().isEmpty()) {
            headers.set(HttpHeaderNames.ALLOW, answer.allow());
        }
        return response;
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        stopDeadline();
        if (streaming != null) {
            streaming.stop();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // A client that goes away in the middle is everyday life; anything else is a defect of
        // ours.
        if (!(cause instanceof IOException)) {
            LOG.atError().setCause(cause).log("admin-connection-failed");
        }
        ctx.close();
    }
}
