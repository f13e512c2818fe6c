package dev.homing.command;

import dev.homing.control.config.Configuration;
import dev.homing.control.config.Outcome;
import dev.homing.control.config.source.Warning;
import dev.homing.control.config.value.CidSchemeName;
import dev.homing.control.config.value.IpText;
import dev.homing.control.config.value.Suggestion;
import dev.homing.control.config.value.Words;
import dev.homing.explain.CidMaker;
import dev.homing.explain.CidMakers;
import java.util.ArrayList;
import java.util.HexFormat;
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
import picocli.CommandLine.Spec;

@Command(
        name = "encode-cid",
        sortOptions = false,
        header = "Make connection IDs as a backend's server would.",
        description = {
            "",
            "For tests, and to check what a server makes of the same server ID and nonce: connection IDs that name a"
                    + " backend by its pool's cid-scheme. With a key, nonces made here are random, and so for tests only: a"
                    + " server must not use a nonce twice (draft-ietf-quic-load-balancers-21 section 9.6).",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  homing encode-cid -c homing.yaml --backend a",
            "  homing encode-cid -c homing.yaml --backend a --config-rotation-bits 0 --nonce 9c69c275",
            "  homing decode-cid -c homing.yaml $(homing encode-cid -c homing.yaml --backend a --count 9)",
            "",
            "Exit codes: 0 made, 1 the backend has no server ID, 2 wrong usage, 78 bad configuration."
        })
final class EncodeCidCommand implements Callable<Integer> {

    private static final int MOST = 100_000;

    /// The choice of a server ID, and what to tell of it.
    private record Chosen(
            Configuration.Pool pool, Configuration.Backend backend, CidMaker maker, int others) {}

    private final Shell shell;

    @Spec private @Nullable CommandSpec spec;

    @Mixin private FileOptions source = new FileOptions();

    @Mixin private PoolOption pool = new PoolOption();

    @Option(
            names = "--backend",
            required = true,
            paramLabel = "NAME",
            description = "The backend to name; the first of its server IDs is taken.")
    private String backend = "";

    @Option(
            names = "--config-rotation-bits",
            paramLabel = "N",
            description =
                    "The entry of cid-configs to use. Default: the first that names the backend.")
    private @Nullable Integer rotationBits;

    @Option(
            names = "--nonce",
            paramLabel = "HEX",
            converter = Octets.Converter.class,
            description = "What to put beside the server ID. Default: random.")
    private @Nullable Octets nonce;

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "How many to make, each with a nonce of its own. Default: 1.")
    private int count = 1;

    @Option(
            names = "--output",
            paramLabel = "text|json",
            description = "One a line, or one JSON object on standard output. Default: text.")
    private Output output = Output.text;

    EncodeCidCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        if (count < 1 || count > MOST) {
            throw refusal("--count %d is not within 1..%d".formatted(count, MOST));
        }
        if (nonce != null && count > 1) {
            throw refusal("--nonce makes one connection ID: leave out --count");
        }
        return switch (source.load(shell)) {
            case Outcome.Refused refused -> source.complain(shell, refused);
            case Outcome.Accepted(Configuration configuration, List<Warning> warnings, _, _) ->
                    encode(configuration);
        };
    }

    private int encode(Configuration configuration) {
        Configuration.Pool chosenPool = pool(configuration);
        Configuration.Backend chosenBackend = backend(chosenPool).getFirst();
        List<CidMaker> makers = CidMakers.of(chosenPool, chosenBackend);
        if (makers.isEmpty()) {
            return complain(chosenPool);
        }
        List<CidMaker> fitting =
                makers.stream()
                        .filter(maker ->
                                rotationBits == null || maker.rotationBits() == rotationBits)
                        .toList();
        if (fitting.isEmpty()) {
            throw refusal(
                    "nothing with --config-rotation-bits %d names '%s' in pool '%s'"
                            .formatted(rotationBits, backend, chosenPool.name()));
        }
        Chosen chosen =
                new Chosen(chosenPool, chosenBackend, fitting.getFirst(), fitting.size() - 1);
        List<CidMaker.Made> made = make(chosen.maker());
        note(chosen);
        if (output == Output.json) {
            shell.out().println(Json.write(values(chosen, made)));
        } else {
            made.forEach(
                    each -> shell.out().println(HexFormat.of().formatHex(each.connectionId())));
        }
        return ExitCode.OK;
    }

    /// The only pool that has the backend.
    private Configuration.Pool pool(Configuration configuration) {
        List<Configuration.Pool> asked =
                pool.of(configuration, Objects.requireNonNull(spec).commandLine());
        List<Configuration.Pool> having =
                asked.stream().filter(each -> !backend(each).isEmpty()).toList();
        if (having.isEmpty()) {
            List<String> names =
                    asked.stream()
                            .flatMap(each -> each.backends().stream())
                            .map(Configuration.Backend::name)
                            .toList();
            throw refusal(
                    "there is no backend '%s'. %sSee 'homing print-config' for the names."
                            .formatted(backend, Suggestion.didYouMean(backend, names)));
        }
        if (having.size() > 1) {
            throw refusal(
                    "backend '%s' is in several pools: give --pool with one of %s."
                            .formatted(
                                    backend,
                                    String.join(
                                            ", ",
                                            having.stream()
                                                    .map(Configuration.Pool::name)
                                                    .toList())));
        }
        return having.getFirst();
    }

    private List<Configuration.Backend> backend(Configuration.Pool in) {
        return in.backends().stream().filter(each -> each.name().equals(backend)).toList();
    }

    private int complain(Configuration.Pool in) {
        shell.err()
                .println(
                        in.cids().scheme() == CidSchemeName.LEARNED
                                ? "homing: pool '%s' has no cid-scheme, so its connection IDs say nothing of the server."
                                        .formatted(in.name())
                                : "homing: backend '%s' has no server ID in pool '%s'."
                                        .formatted(backend, in.name()));
        return ExitCode.FAILED;
    }

    private List<CidMaker.Made> make(CidMaker maker) {
        List<CidMaker.Made> made = new ArrayList<>();
        if (nonce == null) {
            for (int i = 0; i < count; i++) {
                made.add(maker.random());
            }
        } else if (maker.takesNonceOf(nonce.value().length)) {
            made.add(maker.with(nonce.value()));
        } else {
            throw refusal(
                    "--nonce has %s, but here it has %s"
                            .formatted(
                                    Plural.of(nonce.value().length, "octet"), maker.nonceForm()));
        }
        return made;
    }

    private void note(Chosen chosen) {
        if (chosen.others() > 0) {
            shell.err()
                    .println(
                            "homing: note: with server ID %s%s; the backend has %s more."
                                    .formatted(
                                            chosen.maker().serverId(),
                                            chosen.maker().rotationBits() < 0
                                                    ? ""
                                                    : " of config-rotation-bits "
                                                            + chosen.maker().rotationBits(),
                                            Plural.of(chosen.others(), "server ID")));
        }
        if (chosen.maker().isKeyed() && nonce == null) {
            shell.err()
                    .println(
                            "homing: note: with a random nonce, for tests only: a server must not use a nonce twice.");
        }
    }

    private static Map<String, Object> values(Chosen chosen, List<CidMaker.Made> made) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("pool", chosen.pool().name());
        values.put("cid-scheme", Words.print(chosen.pool().cids().scheme()));
        values.put("backend", chosen.backend().name());
        values.put("address", IpText.print(chosen.backend().address()));
        if (chosen.maker().rotationBits() >= 0) {
            values.put("config-rotation-bits", chosen.maker().rotationBits());
        }
        values.put("server-id", chosen.maker().serverId());
        values.put("connection-ids", made.stream().map(EncodeCidCommand::values).toList());
        return values;
    }

    private static Map<String, Object> values(CidMaker.Made made) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("connection-id", HexFormat.of().formatHex(made.connectionId()));
        if (made.nonce().length > 0) {
            values.put("nonce", HexFormat.of().formatHex(made.nonce()));
        }
        return values;
    }

    private ParameterException refusal(String sentence) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), sentence);
    }
}
