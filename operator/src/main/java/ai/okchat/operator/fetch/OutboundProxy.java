package ai.okchat.operator.fetch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import okhttp3.Authenticator;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP proxy of the network, and the hosts that the operator reaches without it. It serves
 * requests to backends, links, sites and git servers over HTTP and HTTPS; SSH and the Kubernetes
 * API server are always reached directly.
 */
public final class OutboundProxy extends ProxySelector {

  private static final String PROXY_AUTHORIZATION = "Proxy-Authorization";

  private final HttpUrl url;
  private final List<String> exclusions;
  private final Proxy proxy;

  private OutboundProxy(HttpUrl url, List<String> exclusions) {
    this.url = url;
    this.exclusions = exclusions;
    this.proxy =
        new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(url.host(), url.port()));
  }

  /**
   * Returns a proxy for all hosts but the excluded ones.
   *
   * @param url {@code http://[user:password@]host:port}
   * @param exclusions each one of: a host with its subdomains, {@code .domain} or {@code *.domain}
   *     for subdomains only, an address, a range of addresses, {@code *} for all hosts; a {@code
   *     :port} limits it to the port
   * @throws IllegalArgumentException if the URL is none of a proxy, or an exclusion is no range;
   *     the message never contains the URL
   */
  public static OutboundProxy of(String url, List<String> exclusions) {
    var parsed = HttpUrl.parse(url);
    if (parsed == null || parsed.isHttps() || !parsed.encodedPath().equals("/")) {
      throw new IllegalArgumentException("not a URL such as http://proxy.example.com:3128");
    }
    exclusions.stream().filter(exclusion -> exclusion.contains("/")).forEach(Cidr::parse);
    return new OutboundProxy(
        parsed, exclusions.stream().map(exclusion -> exclusion.toLowerCase(Locale.ROOT)).toList());
  }

  /** Returns the proxy of a client; empty if the client uses none. */
  static Optional<OutboundProxy> of(OkHttpClient http) {
    return http.proxySelector() instanceof OutboundProxy proxy
        ? Optional.of(proxy)
        : Optional.empty();
  }

  /** Returns a client that uses the proxy. */
  public OkHttpClient apply(OkHttpClient http) {
    var client = http.newBuilder().proxySelector(this).addNetworkInterceptor(this::authenticate);
    return credentials()
        .map(credentials -> client.proxyAuthenticator(authenticator(credentials)).build())
        .orElseGet(client::build);
  }

  @Override
  public List<Proxy> select(@Nullable URI target) {
    return List.of(isExcluded(url(target)) ? Proxy.NO_PROXY : proxy);
  }

  @Override
  public void connectFailed(
      @Nullable URI target, @Nullable SocketAddress address, @Nullable IOException failure) {
    // The request fails with its own exception.
  }

  /**
   * Returns a selector that does not let the proxy reach addresses that a link must not lead to.
   * The operator reaches such a target directly, where {@link SsrfSafeSocketFactory} rejects it. A
   * name that only the proxy can resolve goes to the proxy.
   */
  ProxySelector guarded(AddressPolicy policy) {
    return new Guarded(this, policy);
  }

  /** Returns whether the endpoint is the one of the proxy. */
  boolean isAt(InetSocketAddress endpoint) {
    return endpoint.getPort() == url.port()
        && (endpoint.getHostString().equalsIgnoreCase(url.host())
            || literal(url.host()).filter(endpoint.getAddress()::equals).isPresent());
  }

  /** The URL may contain a password. */
  @Override
  public String toString() {
    return "%s:%d except %s".formatted(url.host(), url.port(), exclusions);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof OutboundProxy that
        && url.equals(that.url)
        && exclusions.equals(that.exclusions);
  }

  @Override
  public int hashCode() {
    return Objects.hash(url, exclusions);
  }

  private boolean isExcluded(HttpUrl target) {
    return exclusions.stream()
        .anyMatch(exclusion -> matches(exclusion, target.host(), target.port()));
  }

  private static boolean matches(String exclusion, String host, int port) {
    if (exclusion.equals("*")) {
      return true;
    }
    if (exclusion.contains("/")) {
      return literal(host).filter(Cidr.parse(exclusion)::contains).isPresent();
    }
    var address = literal(withoutBrackets(exclusion));
    if (address.isPresent()) {
      return literal(host).equals(address);
    }
    var colon = exclusion.lastIndexOf(':');
    if (colon >= 0) {
      return exclusion.substring(colon + 1).equals(Integer.toString(port))
          && matches(exclusion.substring(0, colon), host, port);
    }
    var domain = exclusion.startsWith("*.") ? exclusion.substring(1) : exclusion;
    return domain.startsWith(".")
        ? host.endsWith(domain)
        : host.equals(domain) || host.endsWith("." + domain);
  }

  private static String withoutBrackets(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  private static HttpUrl url(@Nullable URI target) {
    return Objects.requireNonNull(HttpUrl.get(Objects.requireNonNull(target)));
  }

  private static Optional<InetAddress> literal(String host) {
    try {
      return Optional.of(InetAddress.ofLiteral(host));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Optional<String> credentials() {
    return url.username().isEmpty()
        ? Optional.empty()
        : Optional.of(Credentials.basic(url.username(), url.password()));
  }

  /** Opens tunnels: once, because another 407 response means that the credentials are wrong. */
  private static Authenticator authenticator(String credentials) {
    return (_, response) ->
        response.request().header(PROXY_AUTHORIZATION) == null
            ? response.request().newBuilder().header(PROXY_AUTHORIZATION, credentials).build()
            : null;
  }

  /**
   * Adds the credentials to a request that the proxy receives, and removes them from one that
   * another server receives. A request that must be sent only once cannot repeat after a 407
   * response.
   */
  private Response authenticate(Interceptor.Chain chain) throws IOException {
    var request = chain.request().newBuilder().removeHeader(PROXY_AUTHORIZATION);
    var connection = Objects.requireNonNull(chain.connection());
    var isForProxy =
        connection.route().proxy().type() == Proxy.Type.HTTP && !chain.request().url().isHttps();
    if (isForProxy) {
      credentials().ifPresent(credentials -> request.header(PROXY_AUTHORIZATION, credentials));
    }
    return chain.proceed(request.build());
  }

  /** The proxy for links in specs. Equal ones share connections. */
  private static final class Guarded extends ProxySelector {

    private final OutboundProxy unguarded;
    private final AddressPolicy policy;

    Guarded(OutboundProxy unguarded, AddressPolicy policy) {
      this.unguarded = unguarded;
      this.policy = policy;
    }

    @Override
    public List<Proxy> select(@Nullable URI target) {
      return addresses(url(target).host()).allMatch(policy::permits)
          ? unguarded.select(target)
          : List.of(Proxy.NO_PROXY);
    }

    @Override
    public void connectFailed(
        @Nullable URI target, @Nullable SocketAddress address, @Nullable IOException failure) {
      unguarded.connectFailed(target, address, failure);
    }

    private static Stream<InetAddress> addresses(String host) {
      try {
        return Arrays.stream(InetAddress.getAllByName(host));
      } catch (UnknownHostException e) {
        return Stream.empty();
      }
    }
  }
}
