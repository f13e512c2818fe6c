package dev.homing.observe.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Tells requests that a page of somebody else's makes a browser send from those of our own pages
/// and of programs. The admin address asks for no password: whoever reaches it may ask, and a
/// browser inside reaches it for any page that it shows.
///
/// - **DNS rebinding**: a page's own name suddenly leads to the admin address, so that the browser
///   takes the answers for the page's own. The request still names it in `Host`. So that has to be
///   an address, or a name that nobody else can own: one without a dot, one of this machine, one
///   that is configured.
/// - **Cross-origin requests**: a page sends a form or a script's request here. Browsers say in
///   `Origin` who has sent it (Fetch standard, section 3.2), and in `Sec-Fetch-Site` how far away
///   that is.
///
/// One event loop.
final class OwnPages {

    /// RFC 9110 section 7.2: `Host = uri-host [ ":" port ]`.
    private static final Pattern HOST =
            Pattern.compile(
                    "(?:\\[([0-9A-Fa-f:.]+(?:%[0-9A-Za-z._-]+)?)]|([^\\[\\]:/@]*))(?::[0-9]*)?");

    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}");

    private final Set<String> names;

    /// @param names with a dot that lead here
    OwnPages(Collection<String> names) {
        this.names =
                names.stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet());
    }

    /// Why a request is refused, as a sentence with a remedy; null if it is not.
    @Nullable String refusal(HttpMethod method, HttpHeaders headers) {
        String host = headers.get(HttpHeaderNames.HOST);
        // Only programs leave it out, and it is a matter of HTTP/1.1.
        if (host != null && !host.isEmpty() && !isOurs(host)) {
            return "the admin address is not known by this name: ask by an IP address, or list the name in admin.names";
        }
        String origin = headers.get(HttpHeaderNames.ORIGIN);
        boolean isForeign =
                origin != null
                        && (host == null
                                || !origin.equalsIgnoreCase("http://" + host)
                                        && !origin.equalsIgnoreCase("https://" + host));
        String site = headers.get("sec-fetch-site");
        boolean isFar = site != null && !site.equals("same-origin") && !site.equals("none");
        boolean isReading = method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
        // Links from elsewhere lead to pages, and a page that shows nothing to others does no harm.
        return isForeign || isFar && !isReading
                ? "this request comes from a page of another origin: send it from a program, or from a page of this"
                        + " address"
                : null;
    }

    private boolean isOurs(String host) {
        Matcher parts = HOST.matcher(host);
        if (!parts.matches()) {
            return false;
        }
        String name = parts.group(2);
        if (name == null || IPV4.matcher(name).matches()) {
            return true;
        }
        String lower = name.toLowerCase(Locale.ROOT);
        String plain = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
        return plain.indexOf('.') < 0 || plain.endsWith(".localhost") || names.contains(plain);
    }
}
