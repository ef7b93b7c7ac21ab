package ai.okchat.operator.backend;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trusts the private CAs of a file in addition to the public ones. It reads the file for each new
 * connection, because Kubernetes updates the file when its ConfigMap changes. No connection resumes
 * a TLS session that other certificates allowed. If the file becomes invalid, its previous
 * certificates stay in use.
 */
public final class TrustFile extends SSLSocketFactory {

  private static final Logger LOG = LoggerFactory.getLogger(TrustFile.class);
  private static final int LARGEST_TRUST_FILE = 1 << 20;

  private final Path file;
  private volatile Trust trust;
  private volatile String rejected = "";

  /** The text of the file, and what its certificates with the public ones allow. */
  private record Trust(String pem, X509TrustManager manager, SSLSocketFactory sockets) {

    static Trust of(String pem) throws CertificateException {
      var certificates = TrustedHttp.certificates(pem);
      return new Trust(pem, certificates.trustManager(), certificates.sslSocketFactory());
    }
  }

  private TrustFile(Path file, Trust trust) {
    this.file = file;
    this.trust = trust;
  }

  /**
   * Reads the file.
   *
   * @throws IOException if it cannot be read, or has more than 1 MiB
   * @throws CertificateException if it contains no certificate
   */
  public static TrustFile read(Path file) throws IOException, CertificateException {
    return new TrustFile(file, Trust.of(pem(file)));
  }

  /** Returns a client that trusts the certificates. */
  public OkHttpClient apply(OkHttpClient http) {
    return http.newBuilder().sslSocketFactory(this, trust.manager()).build();
  }

  private static String pem(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      var bytes = in.readNBytes(LARGEST_TRUST_FILE + 1);
      if (bytes.length > LARGEST_TRUST_FILE) {
        throw new IOException("the file is too large");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  private SSLSocketFactory current() {
    try {
      var pem = pem(file);
      if (!pem.equals(trust.pem())) {
        trust = Trust.of(pem);
        LOG.info("The trust file {} was read again", file);
      }
      rejected = "";
    } catch (IOException | CertificateException e) {
      var reason = String.valueOf(e.getMessage());
      if (!reason.equals(rejected)) {
        LOG.warn(
            "The trust file {} was not read: {}. Its previous certificates stay", file, reason);
        rejected = reason;
      }
    }
    return trust.sockets();
  }

  @Override
  public Socket createSocket() throws IOException {
    return current().createSocket();
  }

  @Override
  public Socket createSocket(Socket socket, String host, int port, boolean autoClose)
      throws IOException {
    return current().createSocket(socket, host, port, autoClose);
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return current().createSocket(host, port);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return current().createSocket(host, port, localHost, localPort);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return current().createSocket(host, port);
  }

  @Override
  public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
      throws IOException {
    return current().createSocket(address, port, localAddress, localPort);
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return trust.sockets().getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return trust.sockets().getSupportedCipherSuites();
  }
}
