package dev.homing.observe.http;

import io.netty.util.NetUtil;
import java.net.InetSocketAddress;

/// Says why an address cannot be listened on.
final class BindFailure {

    private BindFailure() {}

    static String sentence(InetSocketAddress address, Throwable cause) {
        String reason = String.valueOf(cause.getMessage());
        String what =
                "cannot serve metrics and health on "
                        + NetUtil.toSocketAddressString(address)
                        + ": ";
        String another = "give another address with --admin ADDRESS, or --admin off";
        // The texts of errno: EADDRINUSE, EADDRNOTAVAIL, EACCES. Java has no other way to tell them
        // apart.
        if (reason.contains("already in use")) {
            return what
                    + "the address is in use. Stop the process that has it, or "
                    + another
                    + ".";
        }
        if (reason.contains("assign requested address")) {
            return what
                    + "no interface of this machine has this address. Correct it, or "
                    + another
                    + ".";
        }
        if (reason.contains("Permission denied")) {
            return what + "permission denied. Use a port from 1024 up, or " + another + ".";
        }
        return what + reason + ". Correct the cause, or " + another + ".";
    }
}
