package ai.okchat.operator.backend;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import okhttp3.OkHttpClient;
import okhttp3.tls.HandshakeCertificates;

/** Creates HTTP clients that trust a private CA in addition to the public ones. */
public final class TrustedHttp {

  private TrustedHttp() {}

  /**
   * Returns a client that trusts these certificates in addition to the public ones.
   *
   * @param pem one or more certificates
   * @throws CertificateException if the text contains no certificate
   */
  public static OkHttpClient trusting(OkHttpClient http, String pem) throws CertificateException {
    var handshake = certificates(pem);
    return http.newBuilder()
        .sslSocketFactory(handshake.sslSocketFactory(), handshake.trustManager())
        .build();
  }

  /** Returns these certificates with the public ones. */
  static HandshakeCertificates certificates(String pem) throws CertificateException {
    var trusted = new HandshakeCertificates.Builder().addPlatformTrustedCertificates();
    var certificates =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
    if (certificates.isEmpty()) {
      throw new CertificateException("The CA bundle contains no certificate");
    }
    certificates.forEach(
        certificate -> trusted.addTrustedCertificate((X509Certificate) certificate));
    return trusted.build();
  }
}
