package dev.homing.control.config.schema;

import java.util.Locale;

/// Writes the schema as a Markdown page.
final class ReferencePage {

    private static final String OPENING =
            """
            # Configuration

            <!-- Generated from the schema in proxy-server. Do not edit: `./homing test -Dhoming.docs.write=true` writes it. -->

            `homing run -c FILE` reads one YAML 1.2 file. Everything has a default except the listeners and the backends, so
            `homing run --listen :4433 --backend 10.0.0.1:4433` needs no file at all. `homing check` reports all problems of a
            configuration at once, each with its place and what to do about it; `homing print-config` prints what holds in
            the end.

            ```yaml
            listeners:
              - address: ":4433"
            pools:
              web:
                backends:
                  - address: 10.0.0.1:4433
                  - address: 10.0.0.2:4433
                    weight: 2
            ```

            ## Layers

            What stands later in this list hides what stands before:

            1. the file, named with `-c` or in `HOMING_CONFIG`;
            2. the environment: every key has a variable (see the tables). Lists count from 0; an index may replace an entry or
               be the next one, but leave no gap. A name of a pool stands in upper case with dashes and dots as underscores:
               if a pool in the file is spelled so, that pool is meant, else a new pool in lower case with dashes. A variable
               `HOMING_…` that is no key is a problem, except `HOMING_CONFIG`, `HOMING_JAVA_HOME` and `HOMING_JAVA_OPTS` (the
               launcher's) and what Kubernetes sets for a Service whose name begins with `homing`
               (`HOMING_SERVICE_HOST`, `HOMING_PORT_4433_UDP` …);
            3. `--listen ADDRESS` (the listeners together replace those below), `--backend [NAME=]ADDRESS[,weight=N][,state=S]`
               (together they replace the backends of the pool `default`), `--admin ADDRESS`, `--drain-timeout DURATION`,
               `--log-format FORMAT`;
            4. `--set KEY=VALUE`, with the key as in the tables below and dots between its parts:
               `--set listeners.0.pool=web`.

            ## Values

            * Durations need a unit: `500ms`, `10s`, `2m`, `1h30m`.
            * Sizes are bytes, or have one of the units `KiB`, `MiB`, `GiB` (powers of 1024), `kB`, `MB`, `GB` (powers of 1000).
            * IPv6 addresses stand in brackets: `[::1]:4433`. In YAML, addresses that begin with `[` or `*` need quotes.
            * Nothing is repaired or rounded in silence: a value that cannot be used as it stands is a problem.

            ## Keys
            """;

    private final StringBuilder page = new StringBuilder(OPENING);

    static String write() {
        ReferencePage page = new ReferencePage();
        page.table(Schema.ROOT, "");
        Schema.ROOT.keys().forEach(key -> page.part(key, ""));
        return page.page.toString();
    }

    /// A heading of its own for whatever has keys below it.
    private void part(Key key, String around) {
        String path = around + key.name();
        switch (key) {
            case Key.Setting<?> setting -> {
                // It stands in the table of its section.
            }
            case Key.Section section -> section(section, section.meaning(), path);
            case Key.ListOf<?> list -> {
                if (list.element() instanceof Key.Section element) {
                    section(element, list.meaning(), path + ".0");
                }
            }
            case Key.MapOf map ->
                    section(
                            map.element(),
                            map.meaning() + " NAME is " + map.names().form() + ".",
                            path + ".NAME");
        }
    }

    private void section(Key.Section section, String meaning, String path) {
        page.append("\n### `").append(path).append("`\n\n").append(meaning).append('\n');
        table(section, path + ".");
        section.keys().forEach(key -> part(key, path + "."));
    }

    private void table(Key.Section section, String path) {
        if (section.keys().stream().allMatch(key -> rowOf(key, path).isEmpty())) {
            return;
        }
        page.append("\n| key | value | default | meaning |\n|---|---|---|---|\n");
        section.keys().forEach(key -> page.append(rowOf(key, path)));
    }

    private static String rowOf(Key key, String path) {
        return switch (key) {
            case Key.Setting<?> setting -> row(setting, path + setting.name(), setting.meaning());
            case Key.ListOf<?> list when list.element() instanceof Key.Setting<?> element ->
                    row(
                            element,
                            path + list.name() + ".0",
                            list.meaning() + " " + element.meaning());
            default -> "";
        };
    }

    private static <T> String row(Key.Setting<T> setting, String path, String meaning) {
        String preset =
                switch (setting.preset()) {
                    case Key.Preset.Required<T>() -> path.endsWith(".0") ? "none" : "required";
                    case Key.Preset.Described<T>(String text) -> text;
                    case Key.Preset.Value<T>(T value) -> "`" + setting.kind().print(value) + "`";
                };
        return "| `%s`<br>`%s` | %s | %s | %s%s |\n"
                .formatted(
                        path,
                        "HOMING_"
                                + path.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_'),
                        setting.kind().form(),
                        preset,
                        meaning,
                        setting.isSecret() ? " It is a secret: it is never shown." : "");
    }
}
