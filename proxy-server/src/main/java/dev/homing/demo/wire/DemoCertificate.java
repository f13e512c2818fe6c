package dev.homing.demo.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/// A self-signed EC P-256 certificate for `localhost`, `127.0.0.1` and `::1`, made anew for each
/// run, with its key.
///
/// It is its own trust anchor: whoever is to accept it trusts this one certificate and no other. It
/// is not a CA, because some stacks refuse a CA as a server's certificate. Immutable; safe on any
/// thread.
public final class DemoCertificate {
    /// Browsers and some QUIC stacks refuse a self-made certificate that is valid for longer than
    /// two weeks.
    private static final Duration VALIDITY = Duration.ofDays(13);

    private static final byte[] ECDSA_WITH_SHA256 =
            Der.sequence(Der.oid(1, 2, 840, 10045, 4, 3, 2));
    private static final byte[] COMMON_NAME = Der.oid(2, 5, 4, 3);

    private final X509Certificate x509;
    private final PrivateKey key;

    private DemoCertificate(X509Certificate x509, PrivateKey key) {
        this.x509 = x509;
        this.key = key;
    }

    /// Makes a key pair and a certificate for it; takes some milliseconds.
    public static DemoCertificate create() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            byte[] unsigned = unsigned(pair.getPublic().getEncoded(), Instant.now());
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(pair.getPrivate());
            signature.update(unsigned);
            byte[] encoded =
                    Der.sequence(unsigned, ECDSA_WITH_SHA256, Der.bits(0, signature.sign()));
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            X509Certificate x509 =
                    (X509Certificate)
                            factory.generateCertificate(new ByteArrayInputStream(encoded));
            return new DemoCertificate(x509, pair.getPrivate());
        } catch (GeneralSecurityException | IOException e) {
            // Every Java runtime has EC P-256, SHA-256 and X.509; one without them cannot run
            // Homing's demo.
            throw new IllegalStateException(
                    "this Java runtime cannot make an EC P-256 certificate", e);
        }
    }

    public X509Certificate x509() {
        return x509;
    }

    public PrivateKey key() {
        return key;
    }

    /// Writes certificate and key (PKCS#8) as PEM files; the key is readable by its owner only.
    public void writeTo(Path certificateFile, Path keyFile) throws IOException {
        Files.writeString(certificateFile, pem("CERTIFICATE", certificateBytes()));
        Files.deleteIfExists(keyFile);
        Files.createFile(
                keyFile,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(keyFile, pem("PRIVATE KEY", key.getEncoded()));
    }

    /// A PKCS#12 key store in memory that holds certificate and key under `alias`.
    public KeyStore keyStore(String alias, char[] password) {
        try {
            KeyStore store = emptyStore();
            store.setKeyEntry(alias, key, password, new X509Certificate[] {x509});
            return store;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime cannot fill a PKCS#12 key store", e);
        }
    }

    /// A key store in memory that trusts this certificate and nothing else.
    public KeyStore trustStore() {
        try {
            KeyStore store = emptyStore();
            store.setCertificateEntry("demo", x509);
            return store;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "this Java runtime cannot fill a PKCS#12 trust store", e);
        }
    }

    private static KeyStore emptyStore() throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            return store;
        } catch (IOException e) {
            // KeyStore.load reads nothing when it is given no stream.
            throw new UncheckedIOException(e);
        }
    }

    private byte[] certificateBytes() {
        try {
            return x509.getEncoded();
        } catch (CertificateException e) {
            throw new IllegalStateException("the certificate has lost its encoding", e);
        }
    }

    private static String pem(String label, byte[] content) {
        byte[] newline = "\n".getBytes(StandardCharsets.US_ASCII);
        String body = Base64.getMimeEncoder(64, newline).encodeToString(content);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }

    // RFC 5280 §4.1, TBSCertificate:
    //   [0] version = 2 (v3) | serial | signature algorithm | issuer | validity | subject | public
    // key | [3] extensions
    private static byte[] unsigned(byte[] publicKey, Instant now)
            throws GeneralSecurityException, IOException {
        byte[] name = Der.sequence(Der.set(Der.sequence(COMMON_NAME, Der.text("localhost"))));
        // RFC 5280 §4.1.2.2: the serial number is positive and has at most 20 octets.
        BigInteger serial = new BigInteger(127, new SecureRandom()).setBit(126);
        // An hour back, for peers whose clock is behind ours.
        Instant from = now.minus(Duration.ofHours(1));
        byte[] keyId = Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(publicKey), 20);
        byte[] names =
                Der.sequence(
                        Der.implicit(2, "localhost".getBytes(StandardCharsets.US_ASCII)),
                        Der.implicit(7, InetAddress.getByName("127.0.0.1").getAddress()),
                        Der.implicit(7, InetAddress.getByName("::1").getAddress()));
        byte[] extensions =
                Der.sequence(
                        extension(Der.oid(2, 5, 29, 17), names),
                        extension(Der.oid(2, 5, 29, 14), Der.octets(keyId)),
                        // Key usage, bit 0: digitalSignature.
                        extension(Der.oid(2, 5, 29, 15), Der.bits(7, new byte[] {(byte) 0x80})),
                        // Extended key usage: serverAuth.
                        extension(
                                Der.oid(2, 5, 29, 37),
                                Der.sequence(Der.oid(1, 3, 6, 1, 5, 5, 7, 3, 1))));
        return Der.sequence(
                Der.explicit(0, Der.integer(BigInteger.TWO)),
                Der.integer(serial),
                ECDSA_WITH_SHA256,
                name,
                Der.sequence(Der.time(from), Der.time(from.plus(VALIDITY))),
                name,
                publicKey,
                Der.explicit(3, extensions));
    }

    private static byte[] extension(byte[] oid, byte[] content) {
        return Der.sequence(oid, Der.octets(content));
    }
}
