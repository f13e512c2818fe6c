package dev.homing.control.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AllProblemsTest {

    @TempDir Path folder;

    @Test
    void reportsAllProblemsOfAllSourcesAtOnceEachWithItsPlace() {
        List<String> problems =
                Loading.of(
                                folder,
                                """
                                listeners:
                                  - address: 0.0.0.0
                                  - address: 127.0.0.1:4433
                                    pool: wbe
                                  - addres: 127.0.0.1:4434
                                pools:
                                  web:
                                    balance: flwo
                                    connection-id-length: 21
                                    backends:
                                      - address: 10.0.0.1:0
                                      - name: b
                                        weight: 1001
                                      - address: nowhere.example:443
                                  empty: {}
                                threads: 4
                                queues:
                                  capacity: 5000
                                sessions:
                                  idle-timeout: 120
                                  half-open-max:
                                  max: [1]
                                colour: blue
                                receive-buffer: 4MiB
                                hash-key: short
                                queues: {}
                                """)
                        .environment("HOMING_SESSIONS_ALIASES_MAX", "many")
                        .environment("HOMING_THREAD_SHARDS", "1")
                        .option("--admin", "admin.address", "9090")
                        .set("log.level=loud")
                        .problems();

        assertEquals(
                """
                yaml:2:5: listeners.0.pool: is missing, and there are 2 pools. Name one of web, empty.
                yaml:2:14: listeners.0.address: "0.0.0.0" has no port. Give a port: 0.0.0.0:4433.
                yaml:4:11: listeners.1.pool: there is no pool "wbe". Did you mean web? The pools are web, empty.
                yaml:5:5: listeners.2.addres: is not a known key. Did you mean address?
                yaml:5:5: listeners.2.address: is missing. Give an address: IP:PORT, [IPv6]:PORT, NAME:PORT, :PORT, or a range of ports IP:PORT-PORT.
                yaml:5:5: listeners.2.pool: is missing, and there are 2 pools. Name one of web, empty.
                yaml:8:14: pools.web.balance: "flwo" is not one of connection-id, flow. Did you mean flow? Give one of connection-id, flow.
                yaml:9:27: pools.web.connection-id-length: 21 is out of range. Give learned or a whole number, 0 to 20.
                yaml:11:18: pools.web.backends.0.address: "10.0.0.1:0" has port 0. Give the port that the server listens on.
                yaml:12:9: pools.web.backends.1.address: is missing. Give an address: IP:PORT, [IPv6]:PORT or NAME:PORT.
                yaml:13:17: pools.web.backends.1.weight: 1001 is out of range. Give a whole number, 0 to 1000.
                yaml:14:18: pools.web.backends.2.address: the name "nowhere.example" has no address. Check the name and the name server, or give an IP address.
                yaml:15:10: pools.empty.backends: there is no backend. Give at least one address of a server.
                yaml:16:10: threads: has the value "4" where keys belong. Write KEY: VALUE lines with the keys receivers, shards, cpus.
                yaml:18:13: queues.capacity: 5000 is not a power of two. Write 4096 or 8192.
                yaml:20:17: sessions.idle-timeout: "120" has no unit. Write 120s if it means seconds.
                yaml:21:17: sessions.half-open-max: has nothing where a value belongs. Give a whole number, 1 to 16777216.
                yaml:22:8: sessions.max: has a list where a value belongs. Give a whole number, 1 to 16777216.
                yaml:23:1: colour: is not a known key. The keys here are listeners, pools, threads, queues, sessions, connection-ids, sockets, limits, hash-key, hash-key-file, admin, stop, reload, log.
                yaml:24:1: receive-buffer: is not a known key. It belongs elsewhere: sockets.receive-buffer.
                yaml:25:11: hash-key: has 5 characters instead of 32. Give 32 hexadecimal digits, for example from: openssl rand -hex 16.
                yaml:26:1: the key "queues" stands here a second time, after yaml:17:1. Remove one of the two.
                HOMING_THREAD_SHARDS: is not a known key. Did you mean HOMING_THREADS_SHARDS?
                HOMING_SESSIONS_ALIASES_MAX: sessions.aliases-max: "many" is not a whole number. Give a whole number, 0 to 64.
                --admin: admin.address: "9090" is a port without an address. Write :9090 for all addresses, or ADDRESS:9090.
                --set log.level: log.level: "loud" is not one of error, warn, info, debug. Give one of error, warn, info, debug.
                """,
                String.join("\n", problems) + "\n");
    }
}
