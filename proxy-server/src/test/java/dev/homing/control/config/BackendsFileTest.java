package dev.homing.control.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.control.config.cid.CidSettings;
import dev.homing.control.config.value.IpText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BackendsFileTest {

    @TempDir private Path folder;

    private Loading pool(String lines, String more) throws IOException {
        Path file = Files.writeString(folder.resolve("servers"), lines);
        return Loading.of(
                folder,
                "listeners: [{address: \"127.0.0.1:4433\"}]\npools:\n  web:\n    backends-file: "
                        + file
                        + "\n"
                        + more);
    }

    private List<String> problems(String lines) throws IOException {
        return pool(lines, "").problems().stream()
                .map(problem -> problem.replace(folder + "/", ""))
                .toList();
    }

    @Test
    void listsOneBackendALineBehindThoseOfThePool() throws Exception {
        Configuration configuration =
                pool(
                                """
                                # the old machines
                                a=10.0.0.1:443
                                  b=10.0.0.2:443,weight=3   # the larger one

                                10.0.0.3:443,state=draining
                                """,
                                "    backends: [{name: first, address: \"10.0.0.9:443\"}]\n")
                        .accepted();

        assertEquals(
                List.of(
                        "first=10.0.0.9:443 1 ACTIVE",
                        "a=10.0.0.1:443 1 ACTIVE",
                        "b=10.0.0.2:443 3 ACTIVE",
                        "10.0.0.3:443=10.0.0.3:443 1 DRAINING"),
                configuration.pools().getFirst().backends().stream()
                        .map(backend ->
                                "%s=%s %d %s"
                                        .formatted(
                                                backend.name(),
                                                IpText.print(backend.address()),
                                                backend.weight(),
                                                backend.state()))
                        .toList());
    }

    @Test
    void isRefusedWholeWithAllThatIsWrongAndWhere() throws Exception {
        assertEquals(
                List.of(
                        "servers:1:1: pools.web.backends.0.address: \"10.0.0.1\" has no port. Give a port: 10.0.0.1:4433.",
                        "servers:3:3: \"wieght=2\" is not understood after the address. Did you mean weight? Write"
                                + " [NAME=]ADDRESS, then ,weight=N or ,state=draining; each backend has a line of its own.",
                        "servers:4:1: pools.web.backends.2.weight: \"many\" is not a whole number. Give a whole number, 0 to 1000.",
                        "servers:6:1: pools.web.backends.4.address: 10.0.0.5:443 is listed twice in this pool. Remove one of the two."),
                problems(
                        "10.0.0.1\n\n  b=10.0.0.2:443,wieght=2\nc=10.0.0.3:443,weight=many\n10.0.0.5:443\n10.0.0.5:443\n"));
    }

    @Test
    void mayLackABackendThatAServerIdIsGivenTo() throws Exception {
        Loading loading =
                pool(
                        "a=10.0.0.1:443\n",
                        """
                            cid-scheme: mvfst
                            server-id-mappings:
                              - {server-id: "00000001", backend: a}
                              - {server-id: "00000002", backend: b}
                        """);

        assertEquals(
                List.of(new CidSettings.ServerIdMapping("00000001", "a")),
                loading.accepted().pools().getFirst().cids().serverIds());
        assertEquals(
                List.of("there is no backend \"b\" in this pool now"),
                loading.warnings().stream()
                        .filter(warning -> warning.contains("server-id-mappings"))
                        .map(warning -> warning.replaceAll(".*: (there is.*? now)\\..*", "$1"))
                        .toList());
    }

    @Test
    void hasOneBackendAtLeastThatAServerIdIsGivenTo() throws Exception {
        Loading loading =
                pool(
                        "c=10.0.0.1:443\n",
                        """
                            cid-scheme: mvfst
                            server-id-mappings:
                              - {server-id: "00000001", backend: a}
                        """);

        assertTrue(
                loading.problems().getFirst().contains("there is no backend \"a\" in this pool."));
    }

    @Test
    void mayNotBeEmptyLestAFileThatIsJustBeingWrittenTakesAllBackendsAway() throws Exception {
        String empty =
                "servers: pools.web.backends-file: lists no backend. Write one address of a server in each line, for"
                        + " example 10.0.0.1:4433.";

        assertEquals(List.of(empty), problems(""));
        assertEquals(List.of(empty), problems("# none\n\n"));
    }

    @Test
    void mustBeThereAndBeText() throws Exception {
        String missing =
                Loading.of(
                                folder,
                                "listeners: [{address: \"127.0.0.1:4433\"}]\npools: {web: {backends-file: /nowhere/at/all}}\n")
                        .problems()
                        .toString()
                        .replace(folder + "/", "");

        assertEquals(
                "[/nowhere/at/all: pools.web.backends-file: does not exist. Check the name at yaml:2:30.]",
                missing);
        assertTrue(problems("a\u0007b\n").getFirst().contains("control character U+0007"));
        Files.write(folder.resolve("bytes"), new byte[] {(byte) 0xff, (byte) 0xfe});
        assertEquals(
                "bytes: pools.web.backends-file: is not UTF-8 text. Save it as UTF-8, or name a file of addresses.",
                Loading.of(
                                folder,
                                "listeners: [{address: \"127.0.0.1:4433\"}]\npools: {web: {backends-file: "
                                        + folder
                                        + "/bytes}}\n")
                        .problems()
                        .getFirst()
                        .replace(folder + "/", ""));
    }
}
