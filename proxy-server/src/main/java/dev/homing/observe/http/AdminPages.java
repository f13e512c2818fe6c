package dev.homing.observe.http;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// What each path answers. GET and HEAD only: nothing here changes anything.
final class AdminPages extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
    private static final String OPEN_METRICS =
            "application/openmetrics-text; version=1.0.0; charset=utf-8";
    private static final String PATHS = "/metrics /livez /healthz /readyz";

    private final UnaryOperator<String> metrics;
    private final Supplier<Readiness> readiness;

    AdminPages(UnaryOperator<String> metrics, Supplier<Readiness> readiness) {
        this.metrics = metrics;
        this.readiness = readiness;
    }

    private record Page(HttpResponseStatus status, String type, String text) {
        static Page text(HttpResponseStatus status, String line) {
            return new Page(status, TEXT, line + "\n");
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        boolean isHead = HttpMethod.HEAD.equals(request.method());
        if (!isHead && !HttpMethod.GET.equals(request.method())) {
            FullHttpResponse refusal =
                    response(
                            context,
                            Page.text(HttpResponseStatus.METHOD_NOT_ALLOWED, "only GET and HEAD"),
                            false);
            refusal.headers().set(HttpHeaderNames.ALLOW, "GET, HEAD");
            context.writeAndFlush(refusal);
            return;
        }
        context.writeAndFlush(response(context, page(request), isHead));
    }

    private Page page(FullHttpRequest request) {
        return switch (new QueryStringDecoder(request.uri()).path()) {
            case "/metrics" -> metrics(request);
            case "/livez", "/healthz" -> Page.text(HttpResponseStatus.OK, "alive");
            case "/readyz" -> ready(readiness.get());
            default -> Page.text(HttpResponseStatus.NOT_FOUND, "not here; there is " + PATHS);
        };
    }

    private Page metrics(FullHttpRequest request) {
        String accept = request.headers().get(HttpHeaderNames.ACCEPT, "");
        String type = accept.contains("application/openmetrics-text") ? OPEN_METRICS : PROMETHEUS;
        return new Page(HttpResponseStatus.OK, type, metrics.apply(type));
    }

    private static Page ready(Readiness now) {
        return Page.text(
                now.isReady() ? HttpResponseStatus.OK : HttpResponseStatus.SERVICE_UNAVAILABLE,
                now.reason());
    }

    private static FullHttpResponse response(
            ChannelHandlerContext context, Page page, boolean isHead) {
        var text = ByteBufUtil.writeUtf8(context.alloc(), page.text());
        int length = text.readableBytes();
        if (isHead) {
            text.clear(); // RFC 9110 section 9.3.2: the headers of a GET, and no content
        }
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, page.status(), text);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, page.type())
                .setInt(HttpHeaderNames.CONTENT_LENGTH, length);
        return response;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close(); // a broken request or connection is its client's business
    }
}
