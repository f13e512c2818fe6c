package dev.homing.observe.metrics;

import dev.homing.linux.SocketMemory;
import dev.homing.observe.metrics.reading.Allowance;
import dev.homing.observe.metrics.reading.PortsReading;
import dev.homing.observe.metrics.reading.SocketReading;
import java.util.List;
import java.util.Optional;

/// What the kernel holds and drops at each socket. Each is asked once a scrape.
record SocketSubject(List<SocketReading> sockets, List<PortsReading> ports, Allowance allowance)
        implements Subject {

    /// socket(7): the kernel doubles what it is asked for, for its bookkeeping.
    private static final int KERNEL_FACTOR = 2;

    @Override
    public void write(Sheet sheet) {
        listening(sheet);
        towardBackends(sheet);
    }

    private void listening(Sheet sheet) {
        Series drops =
                sheet.counter(
                        "homing_socket_kernel_drops_total",
                        "Datagrams that the kernel dropped at a listening socket before Homing could read them.",
                        "listener",
                        "thread");
        Series queue =
                sheet.gauge(
                        "homing_socket_queue_bytes",
                        "What waits at a listening socket to be read, as the kernel charges it: with its bookkeeping.",
                        "listener",
                        "thread");
        Series limit =
                sheet.gauge(
                        "homing_socket_queue_limit_bytes",
                        "How much may wait at a listening socket, as the kernel charges it.",
                        "listener",
                        "thread");
        for (SocketReading socket : sockets) {
            socket.memory()
                    .get()
                    .ifPresent(memory -> {
                        drops.put(memory.drops(), socket.listener(), socket.thread());
                        queue.put(memory.queueBytes(), socket.listener(), socket.thread());
                        limit.put(memory.limitBytes(), socket.listener(), socket.thread());
                    });
        }
        sheet.gauge(
                        "homing_socket_buffer_wanted_bytes",
                        "The limit that sockets would have if the kernel granted all that the configuration asks for;"
                                + " 0 if it asks for nothing.")
                .put((double) KERNEL_FACTOR * allowance.socketBufferBytes());
    }

    private void towardBackends(Sheet sheet) {
        Series queue =
                sheet.gauge(
                        "homing_backend_ports_queue_bytes",
                        "What waits to be read at the fullest of a shard's sockets toward backends, as the kernel charges"
                                + " it.",
                        "thread");
        Series limit =
                sheet.gauge(
                        "homing_backend_ports_queue_limit_bytes",
                        "How much may wait at a socket toward backends, as the kernel charges it; 0 while there is none.",
                        "thread");
        int open = 0;
        long drops = 0;
        boolean areDropsTold = true;
        for (PortsReading ofShard : ports) {
            open += ofShard.open().getAsInt();
            Optional<SocketMemory> memory = ofShard.memory().get();
            if (memory.isEmpty()) {
                areDropsTold = false;
                continue;
            }
            drops += memory.get().drops();
            queue.put(memory.get().queueBytes(), ofShard.thread());
            limit.put(memory.get().limitBytes(), ofShard.thread());
        }
        sheet.gauge("homing_backend_ports", "Sockets toward backends that are open.").put(open);
        sheet.gauge(
                        "homing_backend_ports_max",
                        "Sockets toward backends that may be open, by the configuration and the limit of open files.")
                .put(allowance.backendPorts());
        if (areDropsTold) {
            sheet.counter(
                            "homing_backend_ports_kernel_drops_total",
                            "Datagrams that the kernel dropped at a socket toward backends before Homing could read"
                                    + " them.")
                    .put(drops);
        }
    }
}
