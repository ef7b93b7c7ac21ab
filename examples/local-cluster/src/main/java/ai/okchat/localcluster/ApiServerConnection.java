package ai.okchat.localcluster;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/** Sends GET requests as the administrator. */
final class ApiServerConnection {

  private final String url;
  private final String token;
  private final OkHttpClient http;

  private ApiServerConnection(String url, String token, OkHttpClient http) {
    this.url = url;
    this.token = token;
    this.http = http;
  }

  /** Opens a connection that trusts only the certificates of the file. */
  static ApiServerConnection open(String url, String token, Path certificates) throws IOException {
    try {
      var trust = trustIn(Files.readAllBytes(certificates));
      var tls = SSLContext.getInstance("TLS");
      tls.init(null, new TrustManager[] {trust}, null);
      var http =
          new OkHttpClient.Builder()
              .sslSocketFactory(tls.getSocketFactory(), trust)
              .callTimeout(Duration.ofSeconds(10))
              .retryOnConnectionFailure(false)
              .build();
      return new ApiServerConnection(url, token, http);
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot use the certificates in " + certificates, e);
    }
  }

  /** Returns the body of a response with status 200; throws for any other. */
  String get(String path) throws IOException {
    var request =
        new Request.Builder().url(url + path).header("Authorization", "Bearer " + token).build();
    try (var response = http.newCall(request).execute()) {
      var body = response.body().string();
      if (response.code() != 200) {
        throw new IOException("GET " + path + " answered " + response.code());
      }
      return body;
    }
  }

  private static X509TrustManager trustIn(byte[] certificates)
      throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    var factory = CertificateFactory.getInstance("X.509");
    var number = 0;
    for (var certificate : factory.generateCertificates(new ByteArrayInputStream(certificates))) {
      store.setCertificateEntry("certificate-" + number++, certificate);
    }
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    return (X509TrustManager) trust.getTrustManagers()[0];
  }
}
