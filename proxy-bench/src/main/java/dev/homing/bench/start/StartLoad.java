package dev.homing.bench.start;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// Sends datagrams at a steady rate from the moment when a proxy is started, and tells when the
/// first came through and how many were lost after its sockets were open:
///
/// ```
/// java -cp proxy-bench.jar dev.homing.bench.start.StartLoad RATE SECONDS FLOWS COMMAND...
/// ```
///
/// The command, such as `./homing run`, gets a listener and a backend as further arguments. What is
/// sent is a short header: first octet, connection ID of the flow (8), number of the datagram (8).
/// One that was sent before the first that arrived found no socket, and does not count as lost.
public final class StartLoad {

    private static final int USAGE = 2;
    private static final int SIZE = 200;
    private static final int NUMBER = 9;
    private static final int BUFFER_BYTES = 4 << 20;
    private static final long PAUSE_NS = TimeUnit.MICROSECONDS.toNanos(50);
    private static final long LAST_ARRIVALS_MS = 300;
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    private final int rate;
    private final long[] sentNs;
    private final long[] arrivedNs;
    private final List<DatagramChannel> flows = new ArrayList<>();
    private final DatagramChannel sink = open(BUFFER_BYTES);
    private volatile long startedNs;

    private StartLoad(int rate, int seconds, int flowCount) throws IOException {
        this.rate = rate;
        sentNs = new long[rate * seconds];
        arrivedNs = new long[rate * seconds];
        for (int i = 0; i < flowCount; i++) {
            flows.add(open(0));
        }
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments.length < 4) {
            System.err.println("usage: StartLoad RATE SECONDS FLOWS COMMAND...");
            System.exit(USAGE);
        }
        int[] numbers = IntStream.range(0, 3).map(i -> Integer.parseInt(arguments[i])).toArray();
        List<String> command = Arrays.asList(arguments).subList(3, arguments.length);
        new StartLoad(numbers[0], numbers[1], numbers[2]).run(command, System.out);
    }

    private static DatagramChannel open(int receiveBufferBytes) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        if (receiveBufferBytes > 0) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBufferBytes);
        }
        return channel.bind(new InetSocketAddress(LOOPBACK, 0));
    }

    private void run(List<String> command, PrintStream out)
            throws IOException, InterruptedException {
        Thread.ofPlatform().daemon().start(this::receive);
        send((InetSocketAddress) sink.getLocalAddress(), System.nanoTime()); // warms this process
        Thread.sleep(LAST_ARRIVALS_MS);
        Arrays.fill(arrivedNs, 0);
        InetSocketAddress listener = unusedAddress();
        List<String> all = new ArrayList<>(command);
        all.addAll(
                List.of(
                        "--listen=127.0.0.1:" + listener.getPort(),
                        "--backend=127.0.0.1:"
                                + ((InetSocketAddress) sink.getLocalAddress()).getPort(),
                        "--admin=off",
                        // the sink counts what comes, and takes it for the load
                        "--set=pools.default.health.probe=always-up"));
        long beganNs = System.nanoTime();
        Process proxy =
                new ProcessBuilder(all).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try {
            Thread.ofPlatform().daemon().start(() -> watch(proxy));
            send(listener, beganNs);
            Thread.sleep(LAST_ARRIVALS_MS);
        } finally {
            proxy.destroyForcibly().waitFor();
        }
        report(beganNs, out);
    }

    private static InetSocketAddress unusedAddress() throws IOException {
        try (DatagramChannel channel = open(0)) {
            return (InetSocketAddress) channel.getLocalAddress();
        }
    }

    private void watch(Process proxy) {
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(proxy.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.contains("started")) {
                    startedNs = System.nanoTime();
                }
            }
        } catch (IOException e) {
            startedNs = 0; // killed: the end of what it has to say
        }
    }

    private void send(InetSocketAddress to, long beganNs) throws IOException {
        ByteBuffer octets = ByteBuffer.allocateDirect(SIZE);
        int next = 0;
        while (next < sentNs.length) {
            long due = (System.nanoTime() - beganNs) * rate / TimeUnit.SECONDS.toNanos(1);
            if (next >= due) {
                LockSupport.parkNanos(PAUSE_NS);
            }
            for (; next < Math.min(due, sentNs.length); next++) {
                int flow = next % flows.size();
                octets.clear().put(0, (byte) 0x40).putLong(1, (flow + 1) * 0x9E3779B97F4A7C15L);
                octets.putLong(NUMBER, next);
                sentNs[next] = System.nanoTime();
                flows.get(flow).send(octets, to);
            }
        }
    }

    private void receive() {
        ByteBuffer octets = ByteBuffer.allocateDirect(SIZE);
        try {
            while (true) {
                sink.receive(octets.clear());
                int number = (int) octets.getLong(NUMBER);
                if (arrivedNs[number] == 0) {
                    arrivedNs[number] = System.nanoTime();
                }
            }
        } catch (AsynchronousCloseException e) {
            Thread.currentThread().interrupt(); // closed: the end
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void report(long beganNs, PrintStream out) {
        int first = 0;
        while (first < arrivedNs.length && arrivedNs[first] == 0) {
            first++;
        }
        if (first == arrivedNs.length) {
            out.println("nothing came through");
            return;
        }
        long forwardedNs =
                LongStream.of(arrivedNs).filter(arrived -> arrived != 0).min().orElseThrow();
        out.printf(
                "first datagram through after %d ms (its socket was open after %d ms), \"started\" said after %d ms%n",
                TimeUnit.NANOSECONDS.toMillis(forwardedNs - beganNs),
                TimeUnit.NANOSECONDS.toMillis(sentNs[first] - beganNs),
                TimeUnit.NANOSECONDS.toMillis(startedNs - beganNs));
        for (int from = first; from < sentNs.length; from += rate / 2) {
            int to = Math.min(from + rate / 2, sentNs.length);
            out.printf(
                    "  +%4d ms: %6d sent, %6d lost, longest way %4d ms%n",
                    TimeUnit.NANOSECONDS.toMillis(sentNs[from] - sentNs[first]),
                    to - from,
                    IntStream.range(from, to).filter(i -> arrivedNs[i] == 0).count(),
                    TimeUnit.NANOSECONDS.toMillis(
                            IntStream.range(from, to)
                                    .filter(i -> arrivedNs[i] != 0)
                                    .mapToLong(i -> arrivedNs[i] - sentNs[i])
                                    .max()
                                    .orElse(0)));
        }
    }
}
