package dev.homing.command;

import dev.homing.control.config.Configuration;
import dev.homing.control.config.Outcome;
import dev.homing.control.config.source.Warning;
import dev.homing.control.config.value.AddressText;
import dev.homing.control.config.value.Addresses;
import dev.homing.control.config.value.IpText;
import dev.homing.control.config.value.Parsed;
import dev.homing.datagram.Datagram;
import dev.homing.explain.Explainer;
import dev.homing.explain.Explanation;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "explain",
        sortOptions = false,
        header = "Say what Homing would do with a client's datagram, and why.",
        description = {
            "",
            "Parses and routes a datagram as 'run' does, and tells each step: what its header says, whether its connection"
                    + " ID names a backend, what hashing proposes. It knows the configuration, and not what a running"
                    + " instance has learned.",
            "",
            "With --pcap it does so for all datagrams of a capture that go to the port of a listener, one a line, and counts"
                    + " the rest. It reads pcap and pcapng. A machine that joins datagrams (GRO, GSO) captures them"
                    + " joined: of such a train the first is looked at.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  homing explain -c homing.yaml --listener :4433 c00000000108...",
            "  homing explain -c homing.yaml --client 192.0.2.7:51000 400767947d29be054a...",
            "  tcpdump -i any -w capture.pcap udp port 4433",
            "  homing explain -c homing.yaml --pcap capture.pcap",
            "  homing explain -c homing.yaml --pcap capture.pcap --output json | jq 'select(.reason)'",
            "",
            "Exit codes: 0 explained, 1 the capture cannot be read, 2 wrong usage, 78 bad configuration."
        })
final class ExplainCommand implements Callable<Integer> {

    private final Shell shell;

    @Spec private @Nullable CommandSpec spec;

    @Mixin private FileOptions source = new FileOptions();

    @Mixin private ListenerOption listener = new ListenerOption();

    @Option(
            names = "--client",
            paramLabel = "IP:PORT",
            description = "Where the datagram of HEX came from. Hashing may look at it.")
    private @Nullable String client;

    @Option(names = "--pcap", paramLabel = "FILE", description = "A capture, instead of HEX.")
    private @Nullable Path pcap;

    @Option(
            names = "--all",
            description =
                    "With --pcap: all UDP datagrams, whatever port they go to, as if a listener had it.")
    private boolean isAll;

    @Option(
            names = "--output",
            paramLabel = "text|json",
            description =
                    "Lines for people, or JSON on standard output; with --pcap one object a line. Default: text.")
    private Output output = Output.text;

    @Parameters(
            arity = "0..1",
            paramLabel = "HEX",
            converter = Octets.Converter.class,
            description =
                    "The UDP payload in hexadecimal, with or without 0x, colons and blanks (in quotes).")
    private @Nullable Octets datagram;

    ExplainCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException {
        if ((datagram == null) == (pcap == null)) {
            throw refusal("give either a datagram in hexadecimal or --pcap with a capture");
        }
        if (pcap == null && isAll) {
            throw refusal("--all belongs to --pcap");
        }
        if (pcap != null && client != null) {
            throw refusal("--client belongs to HEX: a capture has the clients' addresses");
        }
        Optional<InetSocketAddress> from =
                client == null ? Optional.empty() : Optional.of(client(client));
        return switch (source.load(shell)) {
            case Outcome.Refused refused -> source.complain(shell, refused);
            case Outcome.Accepted(Configuration configuration, List<Warning> warnings, _, _) ->
                    datagram != null
                            ? explain(configuration, datagram.value(), from)
                            : report(configuration, Objects.requireNonNull(pcap));
        };
    }

    private int explain(
            Configuration configuration, byte[] payload, Optional<InetSocketAddress> from) {
        if (payload.length > Datagram.CAPACITY_BYTES - 1) {
            throw refusal("%d octets are more than UDP carries".formatted(payload.length));
        }
        Explanation told =
                new Explainer(configuration)
                        .explain(listener.of(configuration, line()), payload, payload.length, from);
        if (output == Output.json) {
            shell.out().println(Json.write(ExplanationValues.of(told)));
        } else {
            ExplanationText.lines(told).forEach(shell.out()::println);
        }
        return ExitCode.OK;
    }

    private int report(Configuration configuration, Path file) throws IOException {
        boolean isListenerNeeded = listener.address != null || isAll;
        OptionalInt chosen =
                isListenerNeeded
                        ? OptionalInt.of(listener.of(configuration, line()))
                        : OptionalInt.empty();
        CaptureReport report =
                new CaptureReport(
                        configuration,
                        listener.address == null ? OptionalInt.empty() : chosen,
                        isAll ? chosen : OptionalInt.empty(),
                        output,
                        shell.out());
        try {
            report.print(file);
        } catch (IOException e) {
            throw new IOException(file + " cannot be read: " + e.getMessage() + ".", e);
        }
        return ExitCode.OK;
    }

    private InetSocketAddress client(String text) {
        if (Addresses.listener().read(text) instanceof Parsed.Good<AddressText>(AddressText read)
                && !read.isRange()
                && IpText.literal(read.host()).isPresent()) {
            return new InetSocketAddress(
                    IpText.literal(read.host()).orElseThrow(), read.firstPort());
        }
        throw refusal("--client '%s' is not IP:PORT or [IPv6]:PORT".formatted(text));
    }

    private CommandLine line() {
        return Objects.requireNonNull(spec).commandLine();
    }

    private ParameterException refusal(String sentence) {
        return new ParameterException(line(), sentence);
    }
}
