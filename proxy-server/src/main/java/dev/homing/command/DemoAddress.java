package dev.homing.command;

import dev.homing.control.config.value.AddressText;
import dev.homing.control.config.value.Addresses;
import dev.homing.control.config.value.Parsed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// Where a part of the demonstration listens, or sends to.
final class DemoAddress {

    private DemoAddress() {}

    /// @param option that has the value
    /// @param spec of the command that has the option, set by picocli
    /// @throws ParameterException for what is no address, with the remedy
    /// @throws IOException if nobody knows the name
    static InetSocketAddress read(String option, String value, @Nullable CommandSpec spec)
            throws IOException {
        return switch (Addresses.backend().read(value)) {
            case Parsed.Good<AddressText>(AddressText address) -> resolved(address);
            case Parsed.Bad<AddressText>(String what, String remedy) ->
                    throw new ParameterException(
                            Objects.requireNonNull(spec).commandLine(),
                            option + " " + what + ". " + remedy);
        };
    }

    private static InetSocketAddress resolved(AddressText address) throws IOException {
        try {
            return new InetSocketAddress(
                    InetAddress.getByName(address.host()), address.firstPort());
        } catch (UnknownHostException e) {
            throw new IOException(
                    address.host() + " is not known here: check the name, or give an IP address",
                    e);
        }
    }
}
