package ai.okchat.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Uses the proxy of {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY}, as kubectl and
 * curl do. An address of this machine has no proxy.
 */
final class ProxyVariables extends ProxySelector {
  private static final int DEFAULT_PORT = 80;

  private final Streams streams;

  ProxyVariables(Streams streams) {
    this.streams = streams;
  }

  /** Returns a variable in upper or lower case; empty if none is set. */
  static String value(Streams streams, String name) {
    var upper = streams.variable(name);
    return upper.isEmpty() ? streams.variable(name.toLowerCase(Locale.ROOT)) : upper;
  }

  @Override
  public List<Proxy> select(URI address) {
    var host = address.getHost();
    var proxy = value(streams, "https".equals(address.getScheme()) ? "HTTPS_PROXY" : "HTTP_PROXY");
    if (proxy.isEmpty() || host == null || isDirect(host)) {
      return List.of(Proxy.NO_PROXY);
    }
    try {
      var parsed = URI.create(proxy.contains("://") ? proxy : "http://" + proxy);
      var port = parsed.getPort() < 0 ? DEFAULT_PORT : parsed.getPort();
      return List.of(
          new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(parsed.getHost(), port)));
    } catch (IllegalArgumentException e) {
      throw PluginException.unknown(
          "The proxy of the environment is not an address. Correct HTTPS_PROXY.");
    }
  }

  private boolean isDirect(String host) {
    return host.equals("localhost")
        || host.startsWith("127.")
        || host.equals("[::1]")
        || Arrays.stream(value(streams, "NO_PROXY").split(",", -1))
            .map(String::strip)
            .filter(entry -> !entry.isEmpty())
            .anyMatch(entry -> matches(host, entry));
  }

  private static boolean matches(String host, String entry) {
    var domain = entry.startsWith(".") ? entry : "." + entry;
    return entry.equals("*") || host.equals(entry) || host.endsWith(domain);
  }

  /** OkHttp reports the failure of the connection. */
  @Override
  public void connectFailed(URI address, SocketAddress proxy, IOException failure) {}
}
