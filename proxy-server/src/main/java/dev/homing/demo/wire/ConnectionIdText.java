package dev.homing.demo.wire;

import java.net.SocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Connection IDs as text, to match what a client calls a connection with what its server does.
public final class ConnectionIdText {
    private static final Pattern SHOWN = Pattern.compile("connId=([0-9a-f]*)");

    private ConnectionIdText() {}

    /// The connection ID that Netty gives as an end's address, in hexadecimal; empty when there is
    /// none.
    public static String of(@Nullable SocketAddress quicConnectionAddress) {
        // Netty keeps the bytes to itself and shows them only so:
        // QuicConnectionAddress{connId=0a0b}
        Matcher text = SHOWN.matcher(String.valueOf(quicConnectionAddress));
        return text.find() ? text.group(1) : "";
    }
}
