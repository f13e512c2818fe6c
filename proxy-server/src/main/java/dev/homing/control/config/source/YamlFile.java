package dev.homing.control.config.source;

import java.util.Optional;

/// Gets the tree of a configuration file, or says why there is none.
final class YamlFile {

    private final String name;
    private final Problems problems;

    YamlFile(String name, Problems problems) {
        this.name = name;
        this.problems = problems;
    }

    /// Empty if a problem was added.
    Optional<Tree> read() {
        return new FileText(
                        name,
                        new Where.WholeFile(name),
                        "",
                        "configuration file",
                        "given with -c or in HOMING_CONFIG",
                        problems)
                .read()
                .flatMap(text -> new YamlText(name, problems).read(text));
    }
}
