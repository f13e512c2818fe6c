package dev.homing.peers;

import dev.homing.demo.wire.DemoCertificate;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.SplittableRandom;

/// A folder with files to be served, and the certificate to serve them under.
public final class Site {

    public static final String SMALL = "1k.bin";
    public static final String MEDIUM = "100k.bin";
    public static final String LARGE = "5m.bin";

    private final Path folder;
    private final DemoCertificate trusted;

    private Site(Path folder, DemoCertificate trusted) {
        this.folder = folder;
        this.trusted = trusted;
    }

    /// Fills an empty folder.
    public static Site in(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("htdocs"));
        DemoCertificate certificate = DemoCertificate.create();
        certificate.writeTo(folder.resolve("server.pem"), folder.resolve("server.key"));
        Files.writeString(folder.resolve("server.key"), keyWithPublicKey(certificate));
        SplittableRandom random = new SplittableRandom(1);
        write(folder.resolve("htdocs").resolve(SMALL), 1 << 10, random);
        write(folder.resolve("htdocs").resolve(MEDIUM), 100 << 10, random);
        write(folder.resolve("htdocs").resolve(LARGE), 5 << 20, random);
        return new Site(folder, certificate);
    }

    /// The JDK leaves the public key out of a private key's PKCS#8; GnuTLS insists on it.
    ///
    /// ```
    /// 30 81 87  02 01 00  30 13 { id-ecPublicKey, prime256v1 }  04 6d          RFC 5958
    ///   30 6b  02 01 01  04 20 { private key }  a1 44 03 42 00 { public key }  RFC 5915
    /// ```
    private static String keyWithPublicKey(DemoCertificate certificate) {
        HexFormat hex = HexFormat.of();
        String pkcs8 = hex.formatHex(certificate.key().getEncoded());
        int privateKeyAt = pkcs8.indexOf("0201010420") + "0201010420".length();
        String privateKey = pkcs8.substring(privateKeyAt, privateKeyAt + 64);
        String point = hex.formatHex(certificate.x509().getPublicKey().getEncoded());
        String publicKey = point.substring(point.length() - 2 * 65);
        String der =
                "308187020100301306072a8648ce3d020106082a8648ce3d030107046d306b0201010420"
                        + privateKey
                        + "a144034200"
                        + publicKey;
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(hex.parseHex(der))
                + "\n-----END PRIVATE KEY-----\n";
    }

    private static void write(Path file, long length, SplittableRandom random) throws IOException {
        byte[] octets = new byte[1 << 10];
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            for (long left = length; left > 0; left -= octets.length) {
                random.nextBytes(octets);
                out.write(octets, 0, (int) Math.min(left, octets.length));
            }
        }
    }

    /// Adds a file to those that are served.
    public void add(String name, long lengthBytes) throws IOException {
        write(htdocs().resolve(name), lengthBytes, new SplittableRandom(lengthBytes));
    }

    /// The certificate, for clients and servers that are made of Java.
    public DemoCertificate trusted() {
        return trusted;
    }

    /// What a file of the site holds.
    public byte[] octets(String name) throws IOException {
        return Files.readAllBytes(htdocs().resolve(name));
    }

    Path folder() {
        return folder;
    }

    Path htdocs() {
        return folder.resolve("htdocs");
    }

    Path certificate() {
        return folder.resolve("server.pem");
    }

    Path key() {
        return folder.resolve("server.key");
    }

    /// Whether a file is what is served under this name.
    boolean isWhole(String name, Path downloaded) throws IOException {
        return Files.exists(downloaded) && Files.mismatch(htdocs().resolve(name), downloaded) < 0;
    }
}
