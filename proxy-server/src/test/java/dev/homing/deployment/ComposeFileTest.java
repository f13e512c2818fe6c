package dev.homing.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.command.Commands;
import dev.homing.control.config.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// docker/compose.yaml, and what it mounts.
final class ComposeFileTest {

    private static final String HOMING = "homing:latest";

    @TempDir Path folder;

    private static Yaml services() throws IOException {
        return Yaml.documents("compose.yaml").getFirst().in("services");
    }

    private static List<Yaml> ofHomingsImage() throws IOException {
        Yaml services = services();
        return services.values().keySet().stream()
                .map(name -> merged(services.in(name.toString())))
                .filter(service -> service.text("image").equals(HOMING))
                .toList();
    }

    /// With what `<<` brings along (the type is YAML 1.1's; version 1.2, which is read here, knows
    /// it as a key like any other).
    private static Yaml merged(Yaml service) {
        if (!(service.at("<<") instanceof Map<?, ?> below)) {
            return service;
        }
        Map<Object, Object> values = new HashMap<>(merged(new Yaml(below)).values());
        values.putAll(service.values());
        values.remove("<<");
        return new Yaml(values);
    }

    private static String file(String mount) {
        return mount.split(":", -1)[0];
    }

    @Test
    void everyFileThatIsMountedIsThere() throws IOException {
        Yaml services = services();
        List<String> mounts =
                services.values().keySet().stream()
                        .flatMap(name -> services.in(name.toString()).texts("volumes").stream())
                        .toList();

        assertEquals(
                List.of(),
                mounts.stream()
                        .filter(mount -> !Files.isRegularFile(Yaml.DOCKER.resolve(file(mount))))
                        .toList());
        assertTrue(mounts.stream().allMatch(mount -> mount.endsWith(":ro")));
        assertEquals(6, mounts.size());
    }

    @Test
    void everythingOfOursIsConfinedAndRunsACommandThatThereIs() throws IOException {
        List<Yaml> ours = ofHomingsImage();

        assertEquals(5, ours.size());
        for (Yaml service : ours) {
            assertEquals(true, service.at("read_only"));
            assertEquals(List.of("ALL"), service.texts("cap_drop"));
            assertEquals(List.of("no-new-privileges:true"), service.texts("security_opt"));
            assertEquals("", Commands.misunderstood(service.texts("command")));
        }
    }

    @Test
    void homingsBackendsAreTheServersAndTheClientComesToHoming() throws IOException {
        Yaml services = services();
        String yaml = Files.readString(Yaml.DOCKER.resolve("compose/homing.yaml"));
        Set<String> servers = Set.of("amber", "birch", "cedar");
        // The names are known in the network of the compose file alone.
        Configuration configuration =
                Checked.configuration(
                        folder,
                        yaml.replace("address: amber:", "address: 198.51.100.1:")
                                .replace("address: birch:", "address: 198.51.100.2:")
                                .replace("address: cedar:", "address: 198.51.100.3:"),
                        Map.of("HOMING_ADMIN_ADDRESS", "0.0.0.0:9090"));
        int quic = configuration.listeners().getFirst().address().getPort();
        int admin = configuration.admin().orElseThrow().getPort();

        assertEquals(
                servers,
                configuration.pools().getFirst().backends().stream()
                        .map(backend -> backend.name())
                        .collect(Collectors.toSet()));
        for (String server : servers) {
            assertTrue(yaml.contains("address: " + server + ":4433"), server);
            assertEquals(
                    List.of("demo", "server", "--name", server, "--listen", "0.0.0.0:4433"),
                    services.in(server).texts("command"));
        }
        assertTrue(services.in("client").texts("command").contains("homing:" + quic));
        assertEquals(
                List.of("127.0.0.1:" + quic + ":" + quic + "/udp", "127.0.0.1:9090:" + admin),
                services.in("homing").texts("ports"));
        assertTrue(
                Files.readString(Yaml.DOCKER.resolve("compose/prometheus.yml"))
                        .contains("- homing:" + admin));
        assertTrue(
                Integer.parseInt(services.text("homing.stop_grace_period").replace("s", ""))
                        > configuration.stop().drainTimeout().toSeconds());
    }

    @Test
    void whatDependsOnSomethingDependsOnAService() throws IOException {
        Yaml services = services();
        for (Object name : services.values().keySet()) {
            Object depends = services.in(name.toString()).at("depends_on");
            Set<?> others =
                    switch (depends) {
                        case List<?> list -> Set.copyOf(list);
                        case Map<?, ?> map -> map.keySet();
                        case null, default -> Set.of();
                    };
            assertTrue(services.values().keySet().containsAll(others), Objects.toString(others));
        }
    }
}
