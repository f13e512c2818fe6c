package dev.homing.command;

import dev.homing.control.config.Configuration;
import dev.homing.control.config.Outcome;
import dev.homing.control.config.source.Warning;
import dev.homing.control.config.value.CidSchemeName;
import dev.homing.explain.CidReader;
import dev.homing.explain.CidVerdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "decode-cid",
        sortOptions = false,
        header = "Say which backend a connection ID names.",
        description = {
            "",
            "Reads connection IDs as 'run' does by the cid-scheme of each pool, and says which backend they name, or why"
                    + " they name none. It does not know what a running instance has learned.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  homing decode-cid -c homing.yaml 0767947d29be054a",
            "  homing decode-cid -c homing.yaml --pool web 07:67:94:7d:29:be:05:4a",
            "  homing decode-cid -c homing.yaml --output json 0x0767947d29be054a",
            "",
            "Exit codes: 0 each names a backend, 1 not so, 2 wrong usage, 78 bad configuration."
        })
final class DecodeCidCommand implements Callable<Integer> {

    /// RFC 8999 section 5.1: the length on the wire is one octet.
    private static final int MOST_OCTETS = 255;

    private final Shell shell;

    @Spec private @Nullable CommandSpec spec;

    @Mixin private FileOptions source = new FileOptions();

    @Mixin private PoolOption pool = new PoolOption();

    @Option(
            names = "--output",
            paramLabel = "text|json",
            description = "Lines for people, or one JSON object on standard output. Default: text.")
    private Output output = Output.text;

    @Parameters(
            arity = "1..*",
            paramLabel = "HEX",
            converter = Octets.Converter.class,
            description =
                    "Connection IDs in hexadecimal, with or without 0x, colons and blanks (in quotes).")
    private List<Octets> connectionIds = new ArrayList<>();

    DecodeCidCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        for (Octets connectionId : connectionIds) {
            if (connectionId.value().length > MOST_OCTETS) {
                throw new ParameterException(
                        Objects.requireNonNull(spec).commandLine(),
                        "a connection ID of %d octets: there are none beyond %d"
                                .formatted(connectionId.value().length, MOST_OCTETS));
            }
        }
        return switch (source.load(shell)) {
            case Outcome.Refused refused -> source.complain(shell, refused);
            case Outcome.Accepted(Configuration configuration, List<Warning> warnings, _, _) ->
                    decode(configuration);
        };
    }

    private int decode(Configuration configuration) {
        List<Configuration.Pool> pools =
                pool.of(configuration, Objects.requireNonNull(spec).commandLine());
        boolean isAnyScheme =
                pools.stream().anyMatch(each -> each.cids().scheme() != CidSchemeName.LEARNED);
        CidReader reader = new CidReader(configuration, pools);
        List<Object> answers = new ArrayList<>();
        boolean isEachNamed = true;
        if (output == Output.text && !isAnyScheme) {
            shell.out()
                    .println(
                            "No pool here has a cid-scheme: connection IDs say nothing of the server. Homing learns"
                                    + " them from the servers' packets.");
            return ExitCode.FAILED;
        }
        for (Octets connectionId : connectionIds) {
            List<CidVerdict> verdicts = reader.read(connectionId.value());
            boolean isNamed = verdicts.stream().anyMatch(each -> each.backend().isPresent());
            isEachNamed &= isNamed;
            if (output == Output.text) {
                CidText.lines(connectionId.value(), verdicts).forEach(shell.out()::println);
            }
            answers.add(CidText.values(connectionId.value(), isNamed, verdicts));
        }
        if (output == Output.json) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("connection-ids", answers);
            shell.out().println(Json.write(all));
        }
        return isEachNamed ? ExitCode.OK : ExitCode.FAILED;
    }
}
