package ai.okchat.client;

import java.time.Duration;
import okhttp3.HttpUrl;

/**
 * The address and the API key of one account.
 *
 * @param baseUrl scheme, host, port and, behind a proxy, a path prefix; a query is dropped
 * @param requestTimeout limit of a whole request, from name resolution to the last byte of the
 *     response
 */
public record Endpoint(HttpUrl baseUrl, ApiKey apiKey, Duration requestTimeout) {
  public Endpoint {
    if (!baseUrl.username().isEmpty() || !baseUrl.password().isEmpty()) {
      throw new IllegalArgumentException(
          "The URL of the backend holds a user or password: the API key alone signs a call");
    }
    if (!requestTimeout.isPositive()) {
      throw new IllegalArgumentException(
          "The request timeout must be longer than zero, for example 30s");
    }
    baseUrl = baseUrl.newBuilder().query(null).fragment(null).build();
  }

  /** Returns the host as messages name it, with the port unless it is the default of the scheme. */
  String host() {
    var isUsualPort = baseUrl.port() == HttpUrl.defaultPort(baseUrl.scheme());
    return isUsualPort ? baseUrl.host() : baseUrl.host() + ":" + baseUrl.port();
  }
}
