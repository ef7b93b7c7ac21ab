package ai.okchat.operator.okchat;

import java.time.Duration;
import okhttp3.HttpUrl;

/**
 * Where one account is reached.
 *
 * @param baseUrl scheme, host, port and, behind a proxy, a path prefix; a query is dropped
 * @param requestTimeout bounds a whole call, from name resolution to the last byte of the answer
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

  /** Host, and the port where it is not the scheme's own: how messages name the backend. */
  String host() {
    var isUsualPort = baseUrl.port() == HttpUrl.defaultPort(baseUrl.scheme());
    return isUsualPort ? baseUrl.host() : baseUrl.host() + ":" + baseUrl.port();
  }
}
