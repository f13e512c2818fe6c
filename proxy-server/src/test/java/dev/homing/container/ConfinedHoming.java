package dev.homing.container;

import com.github.dockerjava.api.command.WaitContainerResultCallback;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HealthCheck;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.ImageFromDockerfile;

/// A Homing in a container that may write nothing, has no capability, may not gain one, and has
/// little memory; it is healthy when the constructor returns.
final class ConfinedHoming implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(60);
    private static final int END_SECONDS = 90;
    private static final long MEMORY_BYTES = 256 << 20;
    private static final long HEALTH_INTERVAL_NS = Duration.ofSeconds(1).toNanos();
    private static final ExposedPort QUIC = ExposedPort.udp(4433);

    private final GenericContainer<?> container;

    private ConfinedHoming(GenericContainer<?> container) {
        this.container = container;
        container.start();
    }

    /// On the engine's bridge, listening on port 4433, which is published on a free port of
    /// 127.0.0.1.
    static ConfinedHoming published(ImageFromDockerfile image, String... options) {
        return new ConfinedHoming(
                confined(image)
                        .withCreateContainerCmdModifier(command -> {
                            command.withExposedPorts(QUIC);
                            hostConfig(command.getHostConfig())
                                    .withPortBindings(
                                            new PortBinding(
                                                    Ports.Binding.bindIp("127.0.0.1"), QUIC));
                        })
                        .withCommand(run("--listen=:4433", options)));
    }

    /// In this machine's network.
    static ConfinedHoming onThisMachine(
            ImageFromDockerfile image,
            InetSocketAddress listen,
            InetSocketAddress admin,
            String... options) {
        return new ConfinedHoming(
                confined(image)
                        .withNetworkMode("host")
                        .withEnv(Map.of("HOMING_ADMIN_ADDRESS", text(admin)))
                        .withCommand(run("--listen=" + text(listen), options)));
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ':' + address.getPort();
    }

    private static String[] run(String listen, String... options) {
        String[] command = new String[2 + options.length];
        command[0] = "run";
        command[1] = listen;
        System.arraycopy(options, 0, command, 2, options.length);
        return command;
    }

    private static GenericContainer<?> confined(ImageFromDockerfile image) {
        return new GenericContainer<>(image)
                .withCreateContainerCmdModifier(command -> {
                    // Only how often the engine asks; what it asks is the image's.
                    command.withHealthcheck(new HealthCheck().withInterval(HEALTH_INTERVAL_NS));
                    hostConfig(command.getHostConfig())
                            .withReadonlyRootfs(true)
                            .withCapDrop(Capability.ALL)
                            .withSecurityOpts(List.of("no-new-privileges"))
                            .withMemory(MEMORY_BYTES)
                            .withMemorySwap(MEMORY_BYTES);
                })
                .waitingFor(Wait.forHealthcheck().withStartupTimeout(START));
    }

    private static HostConfig hostConfig(HostConfig made) {
        return Objects.requireNonNull(made);
    }

    /// Where the published port is.
    InetSocketAddress address() {
        Ports.Binding[] bindings =
                container
                        .getContainerInfo()
                        .getNetworkSettings()
                        .getPorts()
                        .getBindings()
                        .get(QUIC);
        return new InetSocketAddress(
                InetAddress.ofLiteral("127.0.0.1"),
                Integer.parseInt(bindings[0].getHostPortSpec()));
    }

    String log() {
        return container.getLogs();
    }

    /// What a command says in the container.
    String ask(String... command) {
        try {
            ExecResult result = container.execInContainer(command);
            return result.getStdout() + result.getStderr();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /// @param name without SIG, such as `TERM`
    void signal(String name) {
        container
                .getDockerClient()
                .killContainerCmd(container.getContainerId())
                .withSignal(name)
                .exec();
    }

    /// Waits for its end.
    int exitCode() {
        return container
                .getDockerClient()
                .waitContainerCmd(container.getContainerId())
                .exec(new WaitContainerResultCallback())
                .awaitStatusCode(END_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        container.stop();
    }
}
