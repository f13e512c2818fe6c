package dev.homing.container;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.util.Objects;
import org.testcontainers.DockerClientFactory;

/// The Docker engine that `DOCKER_HOST`, or the usual socket, leads to.
final class Engine {

    private static final String ABSENT =
            "no Docker engine answers: start one, or run the tests by .ci/engine ./homing test";

    private Engine() {}

    /// Skips the test that asks where no engine answers. With `CONTAINER_ENGINE=required`, as
    /// `.ci/engine` sets it once it has started one, the test fails instead.
    static void require() {
        boolean answers = DockerClientFactory.instance().isDockerAvailable();
        if (Objects.equals(System.getenv("CONTAINER_ENGINE"), "required")) {
            assertTrue(answers, ABSENT);
        }
        assumeTrue(answers, ABSENT);
    }

    /// Where containers on the engine's own bridge reach this machine.
    static InetAddress gateway() {
        return DockerClientFactory.lazyClient()
                .inspectNetworkCmd()
                .withNetworkId("bridge")
                .exec()
                .getIpam()
                .getConfig()
                .stream()
                .map(subnet -> subnet.getGateway())
                .filter(Objects::nonNull)
                .map(InetAddress::ofLiteral)
                .findFirst()
                .orElseThrow();
    }
}
