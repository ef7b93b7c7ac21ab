package ai.okchat.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import okhttp3.ConnectionSpec;

/**
 * Offers one key in the first TLS handshake, X25519, instead of one for each kind of curve: a JVM
 * that has just started spends about a quarter of the time of a command on the other key. A server
 * without X25519 ends the handshake; the connection is then tried again with all curves.
 */
final class OneKeyShare extends SSLSocketFactory {
  /** The second is for the handshake after the first failed; the last is for plain http. */
  static final List<ConnectionSpec> ATTEMPTS =
      List.of(ConnectionSpec.MODERN_TLS, ConnectionSpec.MODERN_TLS, ConnectionSpec.CLEARTEXT);

  private static final String[] FIRST = {"x25519"};

  private final SSLSocketFactory factory;
  private final AtomicBoolean isFirst = new AtomicBoolean(true);

  OneKeyShare(SSLSocketFactory factory) {
    this.factory = factory;
  }

  /** The client calls this method for each connection. */
  @Override
  public Socket createSocket(Socket socket, String host, int port, boolean autoClose)
      throws IOException {
    var created = factory.createSocket(socket, host, port, autoClose);
    if (created instanceof SSLSocket tls && isFirst.getAndSet(false)) {
      var parameters = tls.getSSLParameters();
      parameters.setNamedGroups(FIRST);
      tls.setSSLParameters(parameters);
    }
    return created;
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return factory.createSocket(host, port);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return factory.createSocket(host, port, local, localPort);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return factory.createSocket(host, port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return factory.createSocket(host, port, local, localPort);
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return factory.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return factory.getSupportedCipherSuites();
  }
}
