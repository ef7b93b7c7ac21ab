package ai.okchat.operator.fetch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Optional;
import javax.net.SocketFactory;

/**
 * Creates sockets that connect to permitted addresses and to the proxy only. The check runs when
 * the connection is opened, after name resolution and on each redirect, so a name cannot resolve to
 * one address for the check and to another for the connection.
 */
final class SsrfSafeSocketFactory extends SocketFactory {

  private final AddressPolicy policy;
  private final Optional<OutboundProxy> proxy;

  SsrfSafeSocketFactory(AddressPolicy policy, Optional<OutboundProxy> proxy) {
    this.policy = policy;
    this.proxy = proxy;
  }

  @Override
  public Socket createSocket() {
    return new GuardedSocket();
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw new UnsupportedOperationException("only unconnected sockets are handed out");
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
    throw new UnsupportedOperationException("only unconnected sockets are handed out");
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw new UnsupportedOperationException("only unconnected sockets are handed out");
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) {
    throw new UnsupportedOperationException("only unconnected sockets are handed out");
  }

  private final class GuardedSocket extends Socket {

    @Override
    public void connect(SocketAddress endpoint, int timeout) throws IOException {
      if (!(endpoint instanceof InetSocketAddress internet)
          || internet.getAddress() == null
          || !(policy.permits(internet.getAddress()) || isProxy(internet))) {
        throw new ForbiddenAddressException();
      }
      super.connect(endpoint, timeout);
    }

    private boolean isProxy(InetSocketAddress endpoint) {
      return proxy.filter(outbound -> outbound.isAt(endpoint)).isPresent();
    }
  }
}
