package dev.homing.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/// A mapping in a YAML file, asked by paths such as `spec.template.spec`; a number in a path is a
/// place in a list.
record Yaml(Map<?, ?> values) {

    static final Path DOCKER = Path.of("..", "docker").toAbsolutePath().normalize();

    /// All documents of a file in `docker`.
    static List<Yaml> documents(String file) throws IOException {
        LoadSettings settings =
                LoadSettings.builder()
                        .setSchema(new CoreSchema())
                        .setAllowDuplicateKeys(false)
                        .build();
        List<Yaml> documents = new ArrayList<>();
        for (Object document :
                new Load(settings).loadAllFromString(Files.readString(DOCKER.resolve(file)))) {
            documents.add(new Yaml((Map<?, ?>) document));
        }
        return documents;
    }

    /// What stands there, or null.
    Object at(String path) {
        Object here = values;
        for (String step : path.split("\\.", -1)) {
            here =
                    switch (here) {
                        case Map<?, ?> map -> map.get(step);
                        case List<?> list -> list.get(Integer.parseInt(step));
                        case null, default -> null;
                    };
        }
        return here;
    }

    String text(String path) {
        return String.valueOf(at(path));
    }

    int number(String path) {
        return (Integer) at(path);
    }

    /// The texts of a list; none if it is not there.
    List<String> texts(String path) {
        return at(path) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    /// A mapping, or an empty one.
    Yaml in(String path) {
        return new Yaml(at(path) instanceof Map<?, ?> map ? map : Map.of());
    }
}
