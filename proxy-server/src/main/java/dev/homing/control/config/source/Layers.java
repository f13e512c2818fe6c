package dev.homing.control.config.source;

import java.util.Map;
import java.util.Optional;

/// Puts the sources together: file, environment, options.
public final class Layers {

    private Layers() {}

    /// Empty if the file is of no use: then nothing that the other layers say could be judged.
    public static Optional<Tree> read(Sources sources, Problems problems) {
        Optional<String> named =
                sources.file()
                        .or(() ->
                                Optional.ofNullable(
                                        sources.environment().get(EnvironmentLayer.FILE)));
        Tree tree = new Tree.Mapping(Map.of(), new Where.Nowhere());
        if (named.isPresent()) {
            if (named.get().isEmpty()) {
                problems.add(
                        sources.file().isPresent()
                                ? new Where.InOption("--config")
                                : new Where.InEnvironment(EnvironmentLayer.FILE),
                        "",
                        "names no file",
                        "Name one, or leave it out altogether.");
                return Optional.empty();
            }
            Optional<Tree> file = new YamlFile(named.get(), problems).read();
            if (file.isEmpty()) {
                return Optional.empty();
            }
            tree = file.get();
        }
        tree = new EnvironmentLayer(sources.environment(), problems).over(tree);
        tree = new OptionLayer(sources, problems).over(tree);
        tree = new BackendsFileLayer(problems).over(tree);
        return Optional.of(tree);
    }
}
