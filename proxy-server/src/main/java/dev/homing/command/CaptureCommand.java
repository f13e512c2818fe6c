package dev.homing.command;

import dev.homing.control.trace.TraceWish;
import dev.homing.observe.samples.Scraper;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "capture",
        sortOptions = false,
        header = "Write single datagrams of a running instance to a file for Wireshark.",
        description = {
            "",
            "As 'homing trace', but in pcapng: each packet has the addresses that its client sees, and a comment that says"
                    + " what became of it. Only headers are kept, unless --snap asks for more.",
            "",
            "Ctrl-C ends it before its time and leaves a valid file.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  homing capture -w sample.pcapng",
            "  homing capture --sample 1/10000 --duration 10s -w sample.pcapng",
            "  homing capture --drops all --duration 5m -w drops.pcapng",
            "  tshark -r sample.pcapng -d udp.port==4433,quic -T fields -e quic.dcid -e frame.comment",
            "  homing capture --duration 1h -w - | wireshark -k -i -",
            "",
            "Exit codes: 0 captured, 1 no instance there, it refused, or the file cannot be written, 2 wrong usage."
        })
final class CaptureCommand implements Callable<Integer> {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String STANDARD_OUTPUT = "-";

    private final Shell shell;

    @Spec private @Nullable CommandSpec spec;

    @Mixin private TraceOptions options = new TraceOptions();

    @Option(
            names = {"-w", "--write"},
            paramLabel = "FILE",
            required = true,
            description = "Where to: a file, which is written over, or - for standard output.")
    private String file = STANDARD_OUTPUT;

    CaptureCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        TraceWish wish = options.wish(Objects.requireNonNull(spec).commandLine());
        if (file.equals(STANDARD_OUTPUT) && shell.isOutTerminal()) {
            throw new ParameterException(
                    spec.commandLine(), "a capture is nothing to read on a terminal: give -w FILE");
        }
        // The instance first: where there is none, no file is left behind, or written over.
        try (Scraper instance = new Scraper(options.admin, TIMEOUT);
                InputStream in = instance.stream(options.path("pcapng"));
                OutputStream out = open();
                TraceProgress progress = new TraceProgress(shell, wish.duration(), "packets");
                Ending ending = new Ending(instance::close)) {
            int exitCode = copy(new PcapngBlocks(in), out, progress, ending);
            out.flush(); // before the ending lets the process go
            return exitCode;
        }
    }

    private OutputStream open() throws IOException {
        if (file.equals(STANDARD_OUTPUT)) {
            return new BufferedOutputStream(shell.out(), 1 << 16);
        }
        try {
            return new BufferedOutputStream(Files.newOutputStream(Path.of(file)), 1 << 16);
        } catch (NoSuchFileException e) {
            throw unwritable("there is no such folder.", e);
        } catch (AccessDeniedException e) {
            throw unwritable("permission denied.", e);
        } catch (IOException e) {
            throw unwritable(e.getMessage() + ".", e);
        }
    }

    private int copy(PcapngBlocks blocks, OutputStream out, TraceProgress progress, Ending ending)
            throws IOException {
        while (!blocks.isComplete()) {
            long before = blocks.packets();
            byte[] block;
            try {
                block = blocks.next();
            } catch (IOException e) {
                if (ending.isAsked()) {
                    break;
                }
                throw e;
            }
            write(block, blocks.isWaiting(), out);
            if (blocks.packets() > before) {
                progress.add();
            }
            if (file.equals(STANDARD_OUTPUT) && shell.out().checkError()) {
                return ExitCode.OK; // whoever reads has enough
            }
        }
        progress.beside(() -> summarise(blocks));
        return ExitCode.OK;
    }

    private void write(byte[] block, boolean isLastForNow, OutputStream out) throws IOException {
        try {
            out.write(block);
            if (isLastForNow) {
                out.flush();
            }
        } catch (IOException e) {
            throw unwritable(e.getMessage() + ".", e);
        }
    }

    private IOException unwritable(String reason, IOException cause) {
        return new IOException("cannot write " + file + ": " + reason, cause);
    }

    private void summarise(PcapngBlocks blocks) {
        String where = file.equals(STANDARD_OUTPUT) ? "standard output" : file;
        if (!blocks.isComplete()) {
            shell.err()
                    .println(
                            "%s written to %s, ended before its time"
                                    .formatted(Plural.of(blocks.packets(), "packet"), where));
            return;
        }
        shell.err()
                .println(
                        "%s written to %s, %d of %s lost"
                                .formatted(
                                        Plural.of(blocks.packets(), "packet"),
                                        where,
                                        blocks.lost(),
                                        Plural.of(blocks.received(), "record")));
        if (blocks.packets() == 0) {
            shell.err().println(TraceOptions.NOTHING_FOUND);
        }
    }
}
