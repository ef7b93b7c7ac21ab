package ai.okchat.operator.fetch;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import okhttp3.Headers;
import okhttp3.HttpUrl;

/**
 * Headers with credentials, and the origins (scheme, host, port) that may receive them. Does not
 * print the headers.
 */
public record OriginHeaders(Set<String> origins, Map<String, String> headers) {

  public static final OriginHeaders NONE = new OriginHeaders(Set.of(), Map.of());

  public OriginHeaders {
    origins = Set.copyOf(origins);
    headers = Map.copyOf(headers);
  }

  /**
   * Creates headers for the origins of these links.
   *
   * @throws IllegalArgumentException if a name or a value is not valid in a header
   */
  public static OriginHeaders of(Collection<HttpUrl> links, Map<String, String> headers) {
    headers.forEach((name, value) -> Headers.of(name, value));
    return new OriginHeaders(
        links.stream().map(OriginHeaders::origin).collect(Collectors.toSet()), headers);
  }

  Map<String, String> headersFor(HttpUrl url) {
    return origins.contains(origin(url)) ? headers : Map.of();
  }

  private static String origin(HttpUrl url) {
    return url.scheme() + "://" + url.host() + ":" + url.port();
  }

  @Override
  public String toString() {
    return "OriginHeaders[origins=" + origins + "]";
  }
}
