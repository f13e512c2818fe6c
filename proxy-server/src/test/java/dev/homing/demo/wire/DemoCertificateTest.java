package dev.homing.demo.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCertificateTest {
    private final DemoCertificate certificate = DemoCertificate.create();

    @Test
    void namesLocalhostAndBothLoopbackAddresses() throws Exception {
        List<String> names =
                certificate.x509().getSubjectAlternativeNames().stream()
                        .map(name -> name.get(0) + " " + name.get(1))
                        .collect(Collectors.toList());
        assertEquals(List.of("2 localhost", "7 127.0.0.1", "7 0:0:0:0:0:0:0:1"), names);
        assertEquals("CN=localhost", certificate.x509().getSubjectX500Principal().getName());
    }

    @Test
    void isForServersAndNoCa() throws Exception {
        X509Certificate x509 = certificate.x509();
        assertEquals(3, x509.getVersion());
        assertEquals(-1, x509.getBasicConstraints());
        assertTrue(x509.getKeyUsage()[0]);
        assertEquals(List.of("1.3.6.1.5.5.7.3.1"), x509.getExtendedKeyUsage());
    }

    @Test
    void isValidNowAndForLessThanTwoWeeks() throws Exception {
        certificate.x509().checkValidity();
        Instant end = certificate.x509().getNotAfter().toInstant();
        assertTrue(end.isAfter(Instant.now().plus(Duration.ofDays(12))));
        assertTrue(end.isBefore(Instant.now().plus(Duration.ofDays(14))));
    }

    @Test
    void isSignedByItselfAndTrustedAsItsOwnAnchor() throws Exception {
        certificate.x509().verify(certificate.x509().getPublicKey());
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(certificate.trustStore());
        X509TrustManager manager = (X509TrustManager) trust.getTrustManagers()[0];
        manager.checkServerTrusted(new X509Certificate[] {certificate.x509()}, "EC");
    }

    @Test
    void keyStoreHoldsTheKeyThatBelongsToTheCertificate() throws Exception {
        char[] password = "secret".toCharArray();
        KeyStore store = certificate.keyStore("server", password);
        assertEquals(certificate.x509(), store.getCertificate("server"));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign((java.security.PrivateKey) store.getKey("server", password));
        signature.update((byte) 1);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.x509());
        signature.update((byte) 1);
        assertTrue(signature.verify(signed));
    }

    @Test
    void pemFilesHoldTheSameAndTheKeyIsPrivate(@TempDir Path folder) throws Exception {
        Path certificateFile = folder.resolve("server.pem");
        Path keyFile = folder.resolve("server.key");
        certificate.writeTo(certificateFile, keyFile);
        try (InputStream pem = Files.newInputStream(certificateFile)) {
            assertEquals(
                    certificate.x509(),
                    CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        String key = Files.readString(keyFile).replaceAll("-----[A-Z ]+-----", "");
        byte[] encoded = Base64.getMimeDecoder().decode(key);
        assertArrayEquals(
                certificate.key().getEncoded(),
                KeyFactory.getInstance("EC")
                        .generatePrivate(new PKCS8EncodedKeySpec(encoded))
                        .getEncoded());
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(keyFile)));
    }

    @Test
    void isAnotherOneEachTime() {
        DemoCertificate other = DemoCertificate.create();
        assertNotEquals(certificate.x509(), other.x509());
        assertFalse(certificate.x509().getSerialNumber().equals(other.x509().getSerialNumber()));
    }
}
