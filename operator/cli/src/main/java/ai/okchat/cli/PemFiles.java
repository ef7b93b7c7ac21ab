package ai.okchat.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Reads certificates and keys in PEM: PKCS#8, and the older forms of RSA and EC. */
final class PemFiles {
  private static final Pattern KEY =
      Pattern.compile(
          "-----BEGIN (RSA |EC )?PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END [A-Z ]*-----");
  private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
  private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");
  private static final byte[] VERSION = {2, 1, 0};
  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 0x04;
  private static final int CURVE = 0xA0;
  private static final char[] NO_PASSWORD = {};

  private PemFiles() {}

  /** Returns a trust manager for these certificates only. */
  static X509TrustManager trusting(byte[] pem) throws GeneralSecurityException, IOException {
    return trusting(certificates(pem), KeyStore.getInstance(KeyStore.getDefaultType()));
  }

  /** Returns a trust manager for these certificates and those of the platform. */
  static X509TrustManager trustingAlso(byte[] pem) throws GeneralSecurityException, IOException {
    var platform = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    platform.init((KeyStore) null);
    var certificates = new ArrayList<Certificate>(certificates(pem));
    for (var manager : platform.getTrustManagers()) {
      if (manager instanceof X509TrustManager trust) {
        certificates.addAll(List.of(trust.getAcceptedIssuers()));
      }
    }
    return trusting(certificates, KeyStore.getInstance(KeyStore.getDefaultType()));
  }

  private static X509TrustManager trusting(
      Collection<? extends Certificate> certificates, KeyStore store)
      throws GeneralSecurityException, IOException {
    store.load(null, null);
    var number = 0;
    for (var certificate : certificates) {
      store.setCertificateEntry("ca" + number++, certificate);
    }
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    for (var manager : factory.getTrustManagers()) {
      if (manager instanceof X509TrustManager trust) {
        return trust;
      }
    }
    throw new GeneralSecurityException("no trust manager for X.509");
  }

  /** Returns the certificate and the key of a user, for TLS. */
  static KeyManager[] identity(byte[] certificatePem, byte[] keyPem)
      throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    store.setKeyEntry(
        "user",
        privateKey(ascii(keyPem)),
        NO_PASSWORD,
        certificates(certificatePem).toArray(Certificate[]::new));
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  static Collection<? extends Certificate> certificates(byte[] pem) throws CertificateException {
    var certificates =
        CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem));
    if (certificates.isEmpty()) {
      throw new CertificateException("it has no certificate");
    }
    return certificates;
  }

  /** Reads a private key without a password. */
  static PrivateKey privateKey(String pem) throws GeneralSecurityException {
    var match = KEY.matcher(pem);
    if (!match.find()) {
      throw new GeneralSecurityException("it has no private key in PEM without a password");
    }
    var der = Base64.getMimeDecoder().decode(match.group(2));
    var form = match.group(1) == null ? "" : match.group(1).strip();
    return switch (form) {
      case "RSA" -> key("RSA", wrapped(RSA, der));
      case "EC" -> key("EC", wrapped(tagged(SEQUENCE, joined(EC, curve(der))), der));
      default -> anyKey(der);
    };
  }

  private static PrivateKey anyKey(byte[] pkcs8) throws GeneralSecurityException {
    try {
      return key("RSA", pkcs8);
    } catch (GeneralSecurityException notRsa) {
      try {
        return key("EC", pkcs8);
      } catch (GeneralSecurityException notEc) {
        return key("Ed25519", pkcs8);
      }
    }
  }

  private static PrivateKey key(String algorithm, byte[] pkcs8) throws GeneralSecurityException {
    return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
  }

  /** Wraps a key of an older form in PKCS#8 (RFC 5958). */
  private static byte[] wrapped(byte[] algorithm, byte[] der) {
    return tagged(SEQUENCE, joined(VERSION, algorithm, tagged(OCTETS, der)));
  }

  /**
   * Returns the object identifier of the curve, which the EC form has behind the key (RFC 5915).
   */
  private static byte[] curve(byte[] der) throws GeneralSecurityException {
    for (var at = 0; at + 3 < der.length; at++) {
      var isCurve = (der[at] & 0xFF) == CURVE && der[at + 2] == 6;
      if (isCurve && der[at + 1] == der[at + 3] + 2 && at + 2 + der[at + 1] <= der.length) {
        return Arrays.copyOfRange(der, at + 2, at + 2 + der[at + 1]);
      }
    }
    throw new GeneralSecurityException("its EC key names no curve");
  }

  private static byte[] tagged(int tag, byte[] content) {
    var out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length < 0x80) {
      out.write(content.length);
    } else if (content.length < 0x100) {
      out.write(0x81);
      out.write(content.length);
    } else {
      out.write(0x82);
      out.write(content.length >> 8);
      out.write(content.length);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static byte[] joined(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (var part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static String ascii(byte[] pem) {
    return new String(pem, StandardCharsets.US_ASCII);
  }
}
