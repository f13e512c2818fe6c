package dev.homing.command;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "homing",
        sortOptions = false,
        header = "A load balancer for QUIC servers that does not terminate QUIC.",
        description = {
            "",
            "Homing reads the connection ID in the clear part of each datagram and forwards the datagram, unchanged, to the"
                    + " backend that owns the connection, wherever the client has roamed to.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  homing demo",
            "  homing run --listen :4433 --backend 10.0.0.1:4433",
            "  homing check -c homing.yaml",
            "  homing decode-cid -c homing.yaml 0767947d29be054a",
            "  homing explain -c homing.yaml --pcap capture.pcap",
            "  homing top",
            "  homing doctor",
            "  homing trace --drops all",
            "  homing capture -w sample.pcapng",
            "  homing help run"
        })
final class HomingCommand implements Callable<Integer> {

    private final Shell shell;

    /// This command with its subcommands, as picocli made it.
    @Spec private @Nullable CommandSpec spec;

    @Option(
            names = {"-V", "--version"},
            description = "Print the version and exit.")
    private boolean isVersionAsked;

    HomingCommand(Shell shell) {
        this.shell = shell;
    }

    /// Without a command.
    @Override
    public Integer call() {
        if (isVersionAsked) {
            shell.out().println(Build.ofThisProcess().text());
            return ExitCode.OK;
        }
        Objects.requireNonNull(spec)
                .commandLine()
                .usage(shell.err(), shell.isColourful(shell.isErrTerminal()) ? Ansi.ON : Ansi.OFF);
        return ExitCode.USAGE;
    }
}
