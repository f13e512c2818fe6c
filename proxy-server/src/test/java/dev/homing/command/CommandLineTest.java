package dev.homing.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.control.config.Configuration;
import dev.homing.control.config.Network;
import dev.homing.control.config.value.IpText;
import dev.homing.control.config.value.LogFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandLineTest {

    private static final String ESCAPE = "\u001b[";

    @TempDir Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Map<String, String> environment = new HashMap<>();
    private final List<Configuration> launched = new ArrayList<>();
    private final List<Demo.Part> demos = new ArrayList<>();
    private Launch launch =
            (first, again, stream) -> {
                launched.add(first.configuration());
                stream.println("running");
                return 0;
            };
    private boolean isTerminal;
    private String file;

    @BeforeEach
    void writeFile() throws IOException {
        file =
                write(
                        """
                        listeners:
                          - address: 127.0.0.1:4433
                        pools:
                          web:
                            backends:
                              - address: 10.0.0.1:4433
                              - address: 10.0.0.2:4433
                        log:
                          format: text
                        """);
    }

    private String write(String yaml) throws IOException {
        return Files.writeString(folder.resolve("homing.yaml"), yaml).toString();
    }

    private int enter(String... arguments) {
        out.reset();
        err.reset();
        Shell shell =
                new Shell(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        isTerminal,
                        isTerminal,
                        environment,
                        Network::ofThisMachine);
        Demo demo =
                (part, stream) -> {
                    demos.add(part);
                    return 0;
                };
        return new Door(shell, launch, demo, () -> 5).enter(arguments);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8).replace(folder + "/", "");
    }

    @Test
    void runsWithTheConfigurationOfFileEnvironmentAndOptions() {
        environment.put("HOMING_THREADS_SHARDS", "3");

        assertEquals(
                0,
                enter(
                        "run",
                        "-c",
                        file,
                        "--listen",
                        "127.0.0.1:5000",
                        "--listen",
                        "[::1]:5000",
                        "--admin",
                        "off",
                        "--drain-timeout",
                        "5s",
                        "--log-format",
                        "json",
                        "--set",
                        "queues.capacity=64",
                        "--set=sessions.max=9"));

        Configuration configuration = launched.getFirst();
        assertEquals(
                List.of("127.0.0.1:5000", "[::1]:5000"),
                configuration.listeners().stream()
                        .map(listener -> IpText.print(listener.address()))
                        .toList());
        assertEquals("web", configuration.listeners().getFirst().pool());
        assertEquals(3, configuration.threads().shardsOn(1));
        assertTrue(configuration.admin().isEmpty());
        assertEquals(Duration.ofSeconds(5), configuration.stop().drainTimeout());
        assertEquals(LogFormat.JSON, configuration.log().format());
        assertEquals(64, configuration.queues().capacity());
        assertEquals(9, configuration.sessions().max());
        assertEquals("running\n", out());
        assertEquals("", err());
    }

    @Test
    void runsWithoutAFile() {
        assertEquals(
                0,
                enter(
                        "run",
                        "--listen=:4433",
                        "--backend=a=10.0.0.1:443,weight=2",
                        "--backend=10.0.0.2:443",
                        "--set=log.format=text"));

        Configuration.Pool pool = launched.getFirst().pools().getFirst();
        assertEquals("default", pool.name());
        assertEquals(
                List.of("a", "10.0.0.2:443"),
                pool.backends().stream().map(Configuration.Backend::name).toList());
    }

    @Test
    void endsWithTheExitCodeOfTheProxy() {
        launch = (configuration, again, stream) -> 143;

        assertEquals(143, enter("run", "-c", file));
    }

    @Test
    void startsNothingWithABadConfiguration() {
        assertEquals(78, enter("run", "-c", file, "--set", "queues.capacity=5", "--admin", "x"));
        assertEquals(
                """
                --admin: admin.address: "x" has no port. Give a port: x:4433.
                --set queues.capacity: queues.capacity: 5 is out of range. Give a power of two, 64 to 65536.
                homing.yaml: 2 problems
                """,
                err());
        assertEquals("", out());
        assertEquals(List.of(), launched);

        assertEquals(78, enter("run"));
        assertTrue(err().endsWith("configuration: 2 problems\n"), err());
    }

    @Test
    void saysInOneSentenceWhatTheMachineDoesNotAllow() {
        launch =
                (configuration, again, stream) -> {
                    throw new IOException("port 4433 is in use. Stop the other process.");
                };

        assertEquals(1, enter("run", "-c", file));
        assertEquals("homing: port 4433 is in use. Stop the other process.\n", err());
    }

    @Test
    void showsWhereADefectIs() {
        launch =
                (configuration, again, stream) -> {
                    throw new IllegalStateException("made by this test");
                };

        assertEquals(1, enter("run", "-c", file));
        assertTrue(
                err().startsWith(
                                "homing: this is a defect of Homing, please report it:\n"
                                        + "java.lang.IllegalStateException: made by this test\n\tat "),
                err());
    }

    @Test
    void checksAGoodConfiguration() {
        assertEquals(0, enter("check", "-c", file));
        assertEquals(file + ": good: 1 listener, 1 pool, 2 backends\n", out());
        assertEquals("", err());
        assertEquals(List.of(), launched);

        assertEquals(0, enter("check", "-c", file, "--set=sessions.idle-timeout=30s"));
        assertTrue(
                err().startsWith(
                                "--set sessions.idle-timeout: warning: sessions.idle-timeout: 30s is less than two minutes. "),
                err());
    }

    @Test
    void checksABadConfiguration() throws IOException {
        String bad = write("listener: []\nthreads:\n  shards: 65\n");
        environment.put("HOMING_CONFIG", bad);
        environment.put("HOMING_COLOUR", "blue");

        assertEquals(78, enter("check"));
        assertEquals(
                """
                homing.yaml:1:1: pools: there is no pool. Give at least one server to forward to, for example --backend 10.0.0.1:4433.
                homing.yaml:1:1: listener: is not a known key. Did you mean listeners?
                homing.yaml:1:1: listeners: there is no listener. Give at least one address to receive on, for example --listen :4433.
                homing.yaml:3:11: threads.shards: 65 is out of range. Give auto or a whole number, 1 to 64.
                HOMING_COLOUR: is not a known key. See homing print-config for the keys.
                homing.yaml: 5 problems
                """
                        .lines()
                        .sorted()
                        .toList(),
                err().lines().sorted().toList());
        assertEquals("", out());
    }

    @Test
    void checksWithJsonForPrograms() throws IOException {
        assertEquals(0, enter("check", "-c", file, "--output", "json"));
        assertEquals(
                """
                {
                  "good": true,
                  "problems": [],
                  "warnings": [],
                  "listeners": 1,
                  "pools": 1,
                  "backends": 2
                }
                """,
                out());

        environment.put("HOMING_THREADS_SHARDS", "0");
        String bad = write("admin: {address: \"o\\tff\"}\n");
        assertEquals(
                78,
                enter(
                        "check",
                        "-c",
                        bad,
                        "--output=json",
                        "--listen=:1",
                        "--backend=10.0.0.1:0",
                        "--set=sessions.idle-timeout=30s"));
        assertEquals(
                """
                {
                  "good": false,
                  "problems": [
                    {
                      "file": "homing.yaml",
                      "line": 1,
                      "column": 18,
                      "key": "admin.address",
                      "what": "\\"o\\\\u0009ff\\" has no port",
                      "remedy": "Give a port: o\\tff:4433."
                    },
                    {
                      "variable": "HOMING_THREADS_SHARDS",
                      "key": "threads.shards",
                      "what": "0 is out of range",
                      "remedy": "Give auto or a whole number, 1 to 64."
                    },
                    {
                      "option": "--backend 10.0.0.1:0",
                      "key": "pools.default.backends.0.address",
                      "what": "\\"10.0.0.1:0\\" has port 0",
                      "remedy": "Give the port that the server listens on."
                    }
                  ],
                  "warnings": [
                    {
                      "option": "--set sessions.idle-timeout",
                      "key": "sessions.idle-timeout",
                      "what": "30s is less than two minutes",
                      "remedy": "Connections that are silent for longer lose their way; RFC 9312 section 4.2 advises two minutes or more."
                    }
                  ]
                }
                """,
                out().replace(folder + "/", ""));
        assertEquals("", err());
    }

    @Test
    void printsAConfigurationThatReadsBack() throws IOException {
        assertEquals(0, enter("print-config", "-c", file, "--set", "threads.shards=2"));
        String first = out();
        assertTrue(first.startsWith("# On the "), first);
        assertTrue(first.contains("\n  shards: 2\n"), first);

        assertEquals(0, enter("print-config", "-c", write(first)));
        assertEquals(first, out());
        assertEquals("", err());
    }

    @Test
    void printsAConfigurationAsJsonWithSecretsMasked() {
        String key = "00112233445566778899aabbccddeeff";
        environment.put("HOMING_HASH_KEY", key);

        assertEquals(0, enter("print-config", "-c", file, "--output", "json"));
        assertTrue(out().contains("\n  \"hash-key\": \"********\",\n"), out());
        assertTrue(out().contains("\"capacity\": 4096\n"), out());
        assertFalse(out().contains(key));
        assertEquals(78, enter("print-config"));
        assertEquals("", out());
    }

    @Test
    void printsVersions() {
        assertEquals(0, enter("version"));
        assertTrue(
                out().matches(
                                "(?s)homing \\S+ \\(commit \\S+\\)\njava 2[5-9].*\nnetty 4\\..*\nLinux .*\n"),
                out());
        String text = out();
        assertEquals(0, enter("--version"));
        assertEquals(text, out());
        assertEquals(0, enter("version", "--output", "json"));
        assertTrue(
                out().matches("(?s)\\{\n  \"version\": \".*\",\n.*\"os\": \"Linux .*\"\n}\n"),
                out());
    }

    @Test
    void showsTheDemo() {
        assertEquals(0, enter("demo"));
        assertEquals(0, enter("demo", "--keep"));
        assertEquals(List.of(new Demo.Show(false), new Demo.Show(true)), demos);
    }

    @Test
    void printsHelpOnStandardErrorWhenNothingIsAskedFor() {
        assertEquals(2, enter());
        assertTrue(err().contains("\nUsage: homing "), err());
        assertEquals("", out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "help"})
    void printsHelpOnStandardOutputWhenAsked(String argument) {
        assertEquals(0, enter(argument));
        assertEquals("", err());
        for (String command :
                List.of(
                        "run",
                        "check",
                        "print-config",
                        "decode-cid",
                        "encode-cid",
                        "explain",
                        "top",
                        "trace",
                        "capture",
                        "version",
                        "demo",
                        "help")) {
            assertTrue(out().contains("\n  " + command + " "), out());
        }
        assertTrue(out().contains("\nExamples:\n"), out());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run",
                "check",
                "print-config",
                "decode-cid",
                "encode-cid",
                "explain",
                "top",
                "trace",
                "capture",
                "version",
                "demo"
            })
    void explainsEachCommandWithExamples(String command) {
        assertEquals(0, enter("help", command));
        String help = out();
        assertTrue(help.contains("\nUsage: homing " + command + " "), help);
        assertTrue(help.contains("\nExamples:\n  homing " + command), help);
        assertTrue(help.lines().allMatch(line -> line.length() <= 100), help);
        assertEquals("", err());

        assertEquals(0, enter(command, "--help"));
        assertEquals(help, out());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "chekc | homing: Unmatched argument at index 0: 'chekc' | check | homing --help",
                "runn | homing: Unmatched argument at index 0: 'runn' | run | homing --help",
                "run --lissten :1 | homing: Unknown options: '--lissten', ':1' | --listen | homing run --help",
                "version --ouput json | homing: Unknown options: '--ouput', 'json' | --output | homing version --help",
                "run --config | homing: Missing required parameter for option '--config' (FILE) | '' | homing run --help",
                "run -c a -c b | homing: option '--config' (FILE) should be specified only once | '' | homing run --help",
                "check --output xml | homing: Invalid value for option '--output': expected one of [text, json] (case-sensitive) but was 'xml' | '' | homing check --help",
                "decode-cid | homing: Missing required parameter: 'HEX' | '' | homing decode-cid --help",
                "decode-cid 012 | homing: Invalid value for positional parameter at index 0..* (HEX): '012' has 3 hexadecimal digits, which is no whole number of octets | '' | homing decode-cid --help",
                "decode-cid 0x1g | homing: Invalid value for positional parameter at index 0..* (HEX): '0x1g' has 'g', which is no hexadecimal digit | '' | homing decode-cid --help",
                "encode-cid -c a | homing: Missing required option: '--backend=NAME' | '' | homing encode-cid --help",
                "encode-cid --backend a --nonce x | homing: Invalid value for option '--nonce': 'x' has 'x', which is no hexadecimal digit | '' | homing encode-cid --help",
                "encode-cid --backend a --count 0 | homing: --count 0 is not within 1..100000 | '' | homing encode-cid --help",
                "encode-cid --backend a --count 2 --nonce 01 | homing: --nonce makes one connection ID: leave out --count | '' | homing encode-cid --help",
                "top --interval 5 | homing: --interval \"5\" has no unit. Write 5s if it means seconds. | '' | homing top --help",
                "top --output xml | homing: Invalid value for option '--output': expected one of [text, json] (case-sensitive) but was 'xml' | '' | homing top --help",
                "help nothing | homing: Unknown subcommand 'nothing'. | '' | homing --help",
                "run @file | homing: Unmatched argument at index 1: '@file' | '' | homing run --help",
            })
    void refusesArgumentsThatCannotBeUnderstoodAndSuggestsWhatWasMeant(
            String arguments, String complaint, String suggestion, String help) {
        assertEquals(2, enter(arguments.split(" ", -1)));
        assertTrue(err().startsWith(complaint + "\n"), err());
        assertTrue(
                suggestion.isEmpty()
                        || err().contains("Did you mean:") && err().contains(suggestion)
                        || err().contains("Possible solutions: ") && err().contains(suggestion),
                err());
        assertTrue(err().endsWith("Try '" + help + "'.\n"), err());
        assertEquals("", out());
        assertEquals(List.of(), launched);
    }

    @Test
    void usesColoursOnATerminalOnlyAndNotIfTheyAreForbidden() {
        enter("help", "run");
        assertFalse(out().contains(ESCAPE));

        isTerminal = true;
        enter("help", "run");
        assertTrue(out().contains(ESCAPE), out());
        enter();
        assertTrue(err().contains(ESCAPE), err());

        environment.put("NO_COLOR", "");
        enter("help", "run");
        assertTrue(out().contains(ESCAPE), out());

        environment.put("NO_COLOR", "1");
        enter("help", "run");
        assertFalse(out().contains(ESCAPE), out());
        enter();
        assertFalse(err().contains(ESCAPE), err());

        environment.remove("NO_COLOR");
        environment.put("TERM", "dumb");
        enter("help", "run");
        assertFalse(out().contains(ESCAPE), out());
    }
}
