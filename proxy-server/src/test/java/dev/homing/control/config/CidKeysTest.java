package dev.homing.control.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.homing.cid.quiclb.CidKey;
import dev.homing.cid.quiclb.QuicLbFormat;
import dev.homing.control.config.cid.CidSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The keys of configurations: from the file, from files of their own, from the environment; and
/// that nobody sees them.
final class CidKeysTest {

    private static final String KEY = "8f95f09245765f80256934e50c66207f";

    /// Rotation bits 0b101, then a secret and a salt.
    private static final String SECRET = "a0000000" + "11".repeat(32) + "22".repeat(32);

    private static final String CONFIG =
            """
            cid-scheme: quic-lb
            server-id-mappings:
              - {server-id: "000001", backend: a}
              - {server-id: "000002", backend: b}
              - {server-id: "000003", backend: c}
            cid-configs:
              - config-rotation-bits: 2
                server-id-length: 3
                nonce-length: 5
            """;

    private static final String NGHTTPX =
            """
            cid-scheme: nghttpx
            server-id-mappings:
              - {server-id: "00000001", backend: a}
              - {server-id: "00000002", backend: b}
              - {server-id: "00000003", backend: c}
            cid-configs:
              - server-id-length: 4
            """;

    @TempDir Path folder;

    private Loading quicLb(String more) {
        return CidPool.of(folder, CONFIG + more.indent(4));
    }

    private Loading nghttpx(String more) {
        return CidPool.of(folder, NGHTTPX + more.indent(4));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static CidSettings.Config first(Configuration configuration) {
        return configuration.pools().getFirst().cids().configs().getFirst();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                KEY,
                "8F95F09245765F80256934E50C66207F",
                "8f:95:f0:92:45:76:5f:80:25:69:34:e5:0c:66:20:7f"
            })
    void readsAKeyInEachSpelling(String text) {
        assertEquals(
                CidKey.parse(KEY),
                first(quicLb("cid-key: \"" + text + "\"").accepted()).format().key());
    }

    /// YAML would make a number of it.
    @Test
    void readsAKeyOfDigitsWithoutQuotes() {
        String digits = "00112233445566778899001122334455";

        assertEquals(
                CidKey.parse(digits),
                first(quicLb("cid-key: " + digits).accepted()).format().key());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "8f95f09245765f80256934e50c66207 | has 31 characters, but a key has 32 hex digits, or 47 with colons",
                "8f95f09245765f80256934e50c66207g | has character 32 is no hex digit",
                "8f:95:f0:92:45:76:5f:80:25:69:34:e5:0c:66:20-7f | has character 45 is no colon",
            })
    void saysWhatIsWrongWithAKeyWithoutShowingIt(String text, String what) {
        assertEquals(
                List.of(
                        "yaml:17:18: pools.web.cid-configs.0.cid-key: "
                                + what
                                + ". Give 32 hexadecimal digits, or 16 pairs with colons between, for example from: openssl rand -hex 16."),
                quicLb("cid-key: \"" + text + "\"").problems());
    }

    @Test
    void readsAKeyFromAFile() throws IOException {
        Path file = write("key", "\n " + KEY.toUpperCase(Locale.ROOT) + " \n");
        CidSettings.Config config = first(quicLb("cid-key-file: " + file).accepted());

        assertEquals(CidKey.parse(KEY), config.format().key());
        assertEquals(Optional.of(file.toString()), config.keyFile());
    }

    @Test
    void saysWhyAFileGivesNoKey() throws IOException {
        Path wrong = write("wrong", KEY + KEY);
        Path empty = write("empty", "");
        String key = "yaml:17:23: pools.web.cid-configs.0.cid-key-file: ";
        String remedy =
                ". Give 32 hexadecimal digits, or 16 pairs with colons between, for example from: openssl rand -hex 16.";

        assertEquals(
                List.of(key + "\"/missing/key\" does not exist. Check the path."),
                quicLb("cid-key-file: /missing/key").problems());
        assertEquals(
                List.of(key + "\"" + folder + "\" cannot be read: Is a directory. Check the path."),
                quicLb("cid-key-file: " + folder).problemsInFull().stream()
                        .map(problem -> problem.substring(problem.indexOf("yaml:")))
                        .toList());
        assertEquals(
                List.of(
                        key
                                + "what \""
                                + wrong
                                + "\" holds has 64 characters, but a key has 32 hex digits, or 47 with colons"
                                + remedy),
                quicLb("cid-key-file: " + wrong).problems());
        assertEquals(
                List.of(
                        key
                                + "what \""
                                + empty
                                + "\" holds has 0 characters, but a key has 32 hex digits, or 47 with colons"
                                + remedy),
                quicLb("cid-key-file: " + empty).problems());
    }

    @Test
    void saysThatAFileMayNotBeRead() throws IOException {
        Path file = write("key", KEY);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(file), "root may read any file");

        assertEquals(
                List.of(
                        "yaml:17:23: pools.web.cid-configs.0.cid-key-file: \""
                                + file
                                + "\" cannot be read: permission denied. Make it readable for the user that runs Homing."),
                quicLb("cid-key-file: " + file).problems());
    }

    @Test
    void takesOneOfKeyAndFile() throws IOException {
        Path file = write("key", KEY);

        assertEquals(
                List.of(
                        "yaml:18:23: pools.web.cid-configs.0.cid-key-file: is given together with cid-key at yaml:17:18."
                                + " Remove one of the two."),
                quicLb("cid-key: " + KEY + "\ncid-key-file: " + file).problems());
    }

    /// As with the hash key: what print-config printed can be put to use with the key from
    /// elsewhere.
    @ParameterizedTest
    @ValueSource(strings = {"cid-key: \"********\"", "cid-key-file: /missing/key"})
    void hidesOneSpellingOfAKeyBehindTheOtherInAHigherLayer(String hidden) throws IOException {
        Path file = write("key", KEY);

        assertEquals(
                CidKey.parse(KEY),
                first(
                                quicLb(hidden)
                                        .environment(
                                                "HOMING_POOLS_WEB_CID_CONFIGS_0_CID_KEY_FILE",
                                                file.toString())
                                        .accepted())
                        .format()
                        .key());
        assertEquals(
                CidKey.parse(KEY),
                first(quicLb(hidden).set("pools.web.cid-configs.0.cid-key=" + KEY).accepted())
                        .format()
                        .key());
    }

    @Test
    void showsAMaskAndRefusesItUntilTheKeyIsPutBack() {
        Configuration configuration = quicLb("cid-key: " + KEY).accepted();
        String yaml = configuration.toYaml();

        assertTrue(yaml.contains("cid-key: '********'"), yaml);
        assertFalse(yaml.contains(KEY), yaml);
        assertFalse(configuration.toString().contains(KEY), configuration::toString);
        assertFalse(
                ConfigurationText.values(configuration).toString().contains(KEY),
                "the values that JSON is made of");
        List<String> problems = Loading.of(folder, yaml).problems();
        assertEquals(1, problems.size(), problems::toString);
        assertTrue(
                problems.getFirst()
                        .endsWith(
                                "pools.web.cid-configs.0.cid-key: holds the mask that print-config shows in place of the key."
                                        + " Put the key back, or give it in cid-key-file."),
                problems::toString);
        assertEquals(
                configuration,
                Loading.of(folder, yaml)
                        .environment("HOMING_POOLS_WEB_CID_CONFIGS_0_CID_KEY", KEY)
                        .accepted());
    }

    @Test
    void neverShowsAKeyInMessagesAboutOtherKeys() {
        List<String> problems =
                quicLb("cid-key: " + KEY + "x\ncid-kye: " + KEY + "\nnonce-length: 99\n")
                        .environment("HOMING_POOLS_WEB_CID_CONFIGS_1_CID_KEY", KEY + "-")
                        .environment("HOMING_POOLS_WEB_CID_CONFIGS_0_CID_KYE", KEY)
                        .set("pools.web.cid-configs.0.cid-key=" + KEY + "+")
                        .set("pools.web.cid-configs.0.cid-key.x=" + KEY)
                        .problems();

        assertTrue(problems.size() >= 5, problems::toString);
        problems.forEach(problem -> assertFalse(problem.contains(KEY.substring(0, 8)), problem));
    }

    @Test
    void forbidsServerIdsInTheClearThatAKeyHidesElsewhere() {
        String yaml =
                CONFIG
                        + "  - config-rotation-bits: 3\n"
                        + "    server-id-length: 3\n"
                        + "    nonce-length: 5\n"
                        + ("    cid-key: " + KEY + "\n");

        assertEquals(
                List.of(
                        "yaml:14:7: pools.web.cid-configs: server ID 000001 is in config-rotation-bits 2, which has no key, and in 3,"
                                + " which has one. Give configurations with a key server IDs of their own: in the clear they give"
                                + " away what the others encrypt."),
                CidPool.of(folder, yaml).problems());
        assertEquals(
                2,
                CidPool.of(
                                folder,
                                yaml
                                        + "    server-id-mappings: [{server-id: \"aa0001\", backend: a}]\n")
                        .accepted()
                        .pools()
                        .getFirst()
                        .cids()
                        .configs()
                        .size());
    }

    @Test
    void readsTheSecretOfNghttpx() throws IOException {
        Path file =
                write("secrets", "# of July\n\n" + SECRET + "\n" + SECRET.replace('1', '3') + "\n");
        CidSettings.Config config = first(nghttpx("cid-key-file: " + file).accepted());
        QuicLbFormat format = config.format();

        assertEquals(5, format.configRotationBits());
        assertEquals(4, format.serverIdLength());
        assertEquals(12, format.nonceLength());
        assertNotNull(format.key());
        Path same = write("same", SECRET.toUpperCase(Locale.ROOT) + "\r\n");
        assertEquals(format, first(nghttpx("cid-key-file: " + same).accepted()).format());
    }

    @Test
    void readsTheSecretOfNghttpxBehindManyRemarks() throws IOException {
        Path file = write("secrets", "# a remark\n".repeat(300) + SECRET + "\n");

        assertEquals(
                5,
                first(nghttpx("cid-key-file: " + file).accepted()).format().configRotationBits());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''     | has a line of 0 characters, but a secret has 136 hex digits",
                "abc    | has a line of 3 characters, but a secret has 136 hex digits",
                "# only | has a line of 0 characters, but a secret has 136 hex digits",
            })
    void saysWhyAFileGivesNoSecret(String text, String what) throws IOException {
        Path file = write("secrets", text);

        assertEquals(
                List.of(
                        "yaml:15:23: pools.web.cid-configs.0.cid-key-file: what \""
                                + file
                                + "\" holds "
                                + what
                                + ". Give a line of 136 hexadecimal digits."),
                nghttpx("cid-key-file: " + file).problems());
    }

    @Test
    void neverShowsASecret() throws IOException {
        for (String secret :
                List.of(
                        SECRET.replaceFirst("..$", "xy"),
                        SECRET.replaceFirst("a", "e"),
                        SECRET + "0")) {
            Path file = write("secrets", secret);
            List<String> problems = nghttpx("cid-key-file: " + file).problems();

            assertEquals(1, problems.size(), problems::toString);
            assertFalse(problems.getFirst().contains("1111"), problems::toString);
        }
        Path file = write("secrets", SECRET);
        Configuration configuration = nghttpx("cid-key-file: " + file).accepted();
        assertFalse(configuration.toString().contains("1111"), configuration::toString);
        assertFalse(configuration.toYaml().contains("1111"), configuration::toYaml);
        assertFalse(configuration.toYaml().contains("****"), configuration::toYaml);
    }

    @Test
    void asksForTheSecretAndForNothingThatItSays() throws IOException {
        Path file = write("secrets", SECRET);

        assertEquals(
                List.of(
                        "yaml:14:9: pools.web.cid-configs.0.cid-key-file: is missing. Give a path, relative to the working directory."),
                nghttpx("").problems());
        assertEquals(
                List.of(
                        "yaml:16:31: pools.web.cid-configs.0.config-rotation-bits: does not belong to cid-scheme nghttpx."
                                + " Remove it: the secret and server-id-length say it.",
                        "yaml:17:23: pools.web.cid-configs.0.nonce-length: does not belong to cid-scheme nghttpx."
                                + " Remove it: the secret and server-id-length say it.",
                        "yaml:18:18: pools.web.cid-configs.0.cid-key: does not belong to cid-scheme nghttpx."
                                + " Remove it: the secret and server-id-length say it.",
                        "yaml:19:41: pools.web.cid-configs.0.first-octet-encodes-cid-length: is true, but nghttpx has random bits there."
                                + " Remove it."),
                nghttpx(
                                """
                                cid-key-file: %s
                                config-rotation-bits: 5
                                nonce-length: 12
                                cid-key: %s
                                first-octet-encodes-cid-length: true
                                """
                                        .formatted(file, KEY))
                        .problems());
        assertEquals(
                List.of(
                        "yaml:9:19: pools.web.cid-configs.0.server-id-length: 5 is not a length that nghttpx has."
                                + " Give 4, or 8 with worker and thread."),
                CidPool.of(
                                folder,
                                """
                                cid-scheme: nghttpx
                                cid-configs: [{server-id-length: 5, cid-key-file: %s}]
                                """
                                        .formatted(file))
                        .problems()
                        .stream()
                        .map(problem -> problem.replaceFirst("^yaml:9:[0-9]+", "yaml:9:19"))
                        .toList());
    }

    /// Each entry of nested lists has a variable.
    @Test
    void writesAWholeSchemeInTheEnvironment() {
        Configuration configuration =
                Loading.minimal()
                        .environment("HOMING_POOLS_DEFAULT_CID_SCHEME", "quic-lb")
                        .environment("HOMING_POOLS_DEFAULT_CID_CONFIGS_0_CONFIG_ROTATION_BITS", "1")
                        .environment("HOMING_POOLS_DEFAULT_CID_CONFIGS_0_SERVER_ID_LENGTH", "3")
                        .environment("HOMING_POOLS_DEFAULT_CID_CONFIGS_0_NONCE_LENGTH", "13")
                        .environment("HOMING_POOLS_DEFAULT_CID_CONFIGS_0_CID_KEY", KEY)
                        .environment(
                                "HOMING_POOLS_DEFAULT_CID_CONFIGS_0_FIRST_OCTET_ENCODES_CID_LENGTH",
                                "true")
                        .environment(
                                "HOMING_POOLS_DEFAULT_CID_CONFIGS_0_SERVER_ID_MAPPINGS_0_SERVER_ID",
                                "0x31441A")
                        .environment(
                                "HOMING_POOLS_DEFAULT_CID_CONFIGS_0_SERVER_ID_MAPPINGS_0_BACKEND",
                                "10.0.0.1:443")
                        .environment("HOMING_POOLS_DEFAULT_CID_CONFIGS_1_CONFIG_ROTATION_BITS", "2")
                        .environment("HOMING_POOLS_DEFAULT_CID_CONFIGS_1_SERVER_ID_LENGTH", "2")
                        .environment("HOMING_POOLS_DEFAULT_CID_CONFIGS_1_NONCE_LENGTH", "6")
                        .environment("HOMING_POOLS_DEFAULT_SERVER_ID_MAPPINGS_0_SERVER_ID", "beef")
                        .environment(
                                "HOMING_POOLS_DEFAULT_SERVER_ID_MAPPINGS_0_BACKEND", "10.0.0.1:443")
                        .accepted();

        CidSettings cids = configuration.pools().getFirst().cids();
        assertEquals(
                new CidSettings.Config(
                        QuicLbFormat.of(1, 3, 13, CidKey.parse(KEY)).encodingLength(),
                        Optional.empty(),
                        List.of(new CidSettings.ServerIdMapping("31441a", "10.0.0.1:443"))),
                cids.configs().getFirst());
        assertEquals(
                List.of(new CidSettings.ServerIdMapping("beef", "10.0.0.1:443")),
                cids.serverIdsOf(cids.configs().getLast()));
    }

    @Test
    void laysSingleValuesOverTheListsOfTheFileAndNamesTheVariableInProblems() {
        assertEquals(
                List.of(
                        new CidSettings.ServerIdMapping("000001", "a"),
                        new CidSettings.ServerIdMapping("0000ff", "b"),
                        new CidSettings.ServerIdMapping("000003", "c")),
                quicLb("")
                        .environment("HOMING_POOLS_WEB_SERVER_ID_MAPPINGS_1_SERVER_ID", "0000ff")
                        .accepted()
                        .pools()
                        .getFirst()
                        .cids()
                        .serverIds());
        assertEquals(
                List.of(
                        "HOMING_POOLS_WEB_CID_CONFIGS_0_NONCE_LENGTH: pools.web.cid-configs.0.nonce-length: 17 with a server-id-length"
                                + " of 3 makes 20 octets, but there is room for 19. Shorten the server ID or the nonce.",
                        "HOMING_POOLS_WEB_SERVER_ID_MAPPINGS_0_BACKEND: pools.web.server-id-mappings.0.backend: there is no backend"
                                + " \"d\" in this pool. Its backends are a, b, c."),
                quicLb("")
                        .environment("HOMING_POOLS_WEB_CID_CONFIGS_0_NONCE_LENGTH", "17")
                        .environment("HOMING_POOLS_WEB_SERVER_ID_MAPPINGS_0_BACKEND", "d")
                        .problems()
                        .stream()
                        .sorted()
                        .toList());
        assertEquals(
                List.of(
                        "HOMING_POOLS_WEB_CID_CONFIGS_0_SERVER_ID_MAPPINGS_0_SERVERID: is not a known key."
                                + " Did you mean HOMING_POOLS_WEB_CID_CONFIGS_0_SERVER_ID_MAPPINGS_0_SERVER_ID?"),
                quicLb("")
                        .environment(
                                "HOMING_POOLS_WEB_CID_CONFIGS_0_SERVER_ID_MAPPINGS_0_SERVERID",
                                "000001")
                        .problems());
    }
}
