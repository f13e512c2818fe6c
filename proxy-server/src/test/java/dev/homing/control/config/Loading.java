package dev.homing.control.config;

import static org.junit.jupiter.api.Assertions.fail;

import dev.homing.control.config.source.Problem;
import dev.homing.control.config.source.Sources;
import dev.homing.control.config.source.Warning;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Collects the sources of a test and loads them. Places in the file appear as `yaml:LINE:COLUMN`.
final class Loading {

    private Optional<String> file = Optional.empty();
    private final Map<String, String> environment = new TreeMap<>();
    private final List<String> listen = new ArrayList<>();
    private final List<String> backends = new ArrayList<>();
    private final List<Sources.NamedOption> options = new ArrayList<>();
    private final List<String> sets = new ArrayList<>();
    private Network network = new TestNetwork(Map.of(), Set.of());

    /// The least that is accepted.
    static Loading minimal() {
        return new Loading().listen("127.0.0.1:4433").backend("10.0.0.1:443");
    }

    static Loading of(Path folder, String yaml) {
        Loading loading = new Loading();
        Path path = folder.resolve("yaml");
        try {
            Files.writeString(path, yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return loading.file(path.toString());
    }

    Loading file(String name) {
        file = Optional.of(name);
        return this;
    }

    Loading environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Loading listen(String address) {
        listen.add(address);
        return this;
    }

    Loading backend(String backend) {
        backends.add(backend);
        return this;
    }

    Loading option(String option, String key, String value) {
        options.add(new Sources.NamedOption(option, key, value));
        return this;
    }

    Loading set(String set) {
        sets.add(set);
        return this;
    }

    Loading network(Network other) {
        network = other;
        return this;
    }

    Outcome outcome() {
        return new ConfigurationLoader(network)
                .load(new Sources(file, environment, listen, backends, options, sets));
    }

    Configuration accepted() {
        return switch (outcome()) {
            case Outcome.Accepted(Configuration configuration, List<Warning> warnings, _, _) ->
                    configuration;
            case Outcome.Refused(List<Problem> problems, List<Warning> warnings, _) ->
                    fail("refused: " + problems);
        };
    }

    /// Of an accepted configuration.
    List<String> warnings() {
        return switch (outcome()) {
            case Outcome.Accepted(Configuration configuration, List<Warning> warnings, _, _) ->
                    warnings.stream().map(warning -> shorten(warning.toString())).toList();
            case Outcome.Refused(List<Problem> problems, List<Warning> warnings, _) ->
                    fail("refused: " + problems);
        };
    }

    /// With the file's name short, as in `yaml:3:1: …`.
    List<String> problems() {
        return problemsInFull().stream().map(this::shorten).toList();
    }

    List<String> problemsInFull() {
        return switch (outcome()) {
            case Outcome.Accepted(Configuration configuration, List<Warning> warnings, _, _) ->
                    fail("accepted: " + configuration);
            case Outcome.Refused(List<Problem> problems, List<Warning> warnings, _) ->
                    problems.stream().map(Problem::toString).toList();
        };
    }

    private String shorten(String text) {
        return file.map(name -> text.replace(name, String.valueOf(Path.of(name).getFileName())))
                .orElse(text);
    }
}
