package dev.homing.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.control.config.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// docker/kubernetes.
final class KubernetesFilesTest {

    private static final String CONFIGURATION = "kubernetes/configuration.yaml";
    private static final String POD = "spec.template.spec";
    private static final String CONTAINER = POD + ".containers.0";

    @TempDir Path folder;

    private static Yaml one(String file, String kind) throws IOException {
        List<Yaml> found =
                Yaml.documents(file).stream()
                        .filter(document -> document.text("kind").equals(kind))
                        .toList();
        assertEquals(1, found.size(), kind);
        return found.getFirst();
    }

    /// As it is in a container of a deployment.
    private Configuration configuration() throws IOException {
        Object yaml = one(CONFIGURATION, "ConfigMap").in("data").values().get("homing.yaml");
        return Checked.configuration(
                folder,
                // Some machine that this is tested on may have one of those addresses.
                String.valueOf(yaml).replace("10.0.0.", "198.51.100."),
                Map.of(
                        "HOMING_HASH_KEY",
                        one(CONFIGURATION, "Secret").text("stringData.hash-key")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"kubernetes/host-network.yaml", "kubernetes/service.yaml"})
    void aPodHasNoPrivilegeAndNoPlaceToWriteTo(String file) throws IOException {
        Yaml deployment = one(file, "Deployment");
        Yaml pod = deployment.in(POD + ".securityContext");
        Yaml container = deployment.in(CONTAINER + ".securityContext");

        assertEquals(true, pod.at("runAsNonRoot"));
        assertEquals(65532, pod.number("runAsUser"));
        assertEquals("RuntimeDefault", pod.text("seccompProfile.type"));
        assertEquals(false, container.at("allowPrivilegeEscalation"));
        assertEquals(true, container.at("readOnlyRootFilesystem"));
        assertEquals(List.of("ALL"), container.texts("capabilities.drop"));
        assertEquals(false, deployment.at(POD + ".automountServiceAccountToken"));
        assertTrue(deployment.at(CONTAINER + ".resources.limits.memory") != null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kubernetes/host-network.yaml", "kubernetes/service.yaml"})
    void aPodIsAskedWhatHomingAnswersAtPortsThatItListensOn(String file) throws IOException {
        Yaml deployment = one(file, "Deployment");
        Map<String, String> probes =
                Map.of(
                        "startupProbe", "/livez",
                        "livenessProbe", "/livez",
                        "readinessProbe", "/readyz");

        probes.forEach((probe, path) -> {
            Yaml get = deployment.in(CONTAINER + '.' + probe + ".httpGet");
            assertEquals(path, get.text("path"), probe);
            assertEquals("admin", get.text("port"), probe);
        });
        Configuration configuration = configuration();
        assertEquals(
                List.of(
                        configuration.listeners().getFirst().address().getPort(),
                        configuration.admin().orElseThrow().getPort()),
                List.of(
                        deployment.number(CONTAINER + ".ports.0.containerPort"),
                        deployment.number(CONTAINER + ".ports.1.containerPort")));
        assertEquals("UDP", deployment.text(CONTAINER + ".ports.0.protocol"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"kubernetes/host-network.yaml", "kubernetes/service.yaml"})
    void aPodIsGivenLongerThanItNeedsToDrain(String file) throws IOException {
        Yaml deployment = one(file, "Deployment");
        long waitsSeconds =
                Long.parseLong(
                        deployment.texts(CONTAINER + ".lifecycle.preStop.exec.command").get(1));
        long drainsSeconds = configuration().stop().drainTimeout().toSeconds();

        assertTrue(
                deployment.number(POD + ".terminationGracePeriodSeconds")
                        >= waitsSeconds + drainsSeconds + 10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kubernetes/host-network.yaml", "kubernetes/service.yaml"})
    void allNamesAreNamesOfSomething(String file) throws IOException {
        Yaml deployment = one(file, "Deployment");
        Map<?, ?> labels = deployment.in(POD.replace(".spec", ".metadata.labels")).values();
        List<Yaml> selecting = new ArrayList<>();
        selecting.add(deployment.in("spec.selector.matchLabels"));
        selecting.add(one(CONFIGURATION, "PodDisruptionBudget").in("spec.selector.matchLabels"));

        for (Yaml selector : selecting) {
            assertTrue(
                    !selector.values().isEmpty()
                            && labels.entrySet().containsAll(selector.values().entrySet()),
                    selector.values() + " of " + labels);
        }
        assertEquals(
                one(CONFIGURATION, "ConfigMap").text("metadata.name"),
                deployment.text(POD + ".volumes.0.configMap.name"));
        assertEquals(
                one(CONFIGURATION, "Secret").text("metadata.name"),
                deployment.text(CONTAINER + ".env.0.valueFrom.secretKeyRef.name"));
        assertEquals(
                deployment.text(POD + ".volumes.0.name"),
                deployment.text(CONTAINER + ".volumeMounts.0.name"));
        assertEquals(
                List.of(
                        "run",
                        "--config",
                        deployment.text(CONTAINER + ".volumeMounts.0.mountPath") + "/homing.yaml"),
                deployment.texts(CONTAINER + ".args"));
    }

    @Test
    void oneIsInTheNodesNetworkAndTheOtherSeesTheClientsAddresses() throws IOException {
        assertEquals(
                true, one("kubernetes/host-network.yaml", "Deployment").at(POD + ".hostNetwork"));
        Yaml service = one("kubernetes/service.yaml", "Service");
        assertEquals("Local", service.text("spec.externalTrafficPolicy"));
        assertEquals("UDP", service.text("spec.ports.0.protocol"));
        assertEquals("quic", service.text("spec.ports.0.targetPort"));
        assertEquals(
                one("kubernetes/service.yaml", "Deployment")
                        .in("spec.selector.matchLabels")
                        .values(),
                service.in("spec.selector").values());
    }

    @Test
    void everyFileThatThereIsIsReadHere() throws IOException {
        try (var files = Files.list(Yaml.DOCKER.resolve("kubernetes"))) {
            assertEquals(
                    List.of("configuration.yaml", "host-network.yaml", "service.yaml"),
                    List.copyOf(
                            new TreeSet<>(
                                    files.map(file -> file.getFileName().toString()).toList())));
        }
    }
}
