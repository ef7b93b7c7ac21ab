package ai.okchat.operator.fetch;

import java.io.IOException;
import java.net.Proxy;
import java.time.Duration;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.ByteString;

/** Fetches what a spec links to, bounded in size and time. */
public final class Fetcher {

  /** Bytes; an avatar is a small picture. */
  static final long MAX_IMAGE_BYTES = 5L * 1024 * 1024;

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** What a link led to. */
  public record Fetched(String mediaType, ByteString bytes) {}

  private final OkHttpClient http;

  public Fetcher(OkHttpClient http, AddressPolicy policy) {
    this.http =
        http.newBuilder()
            .socketFactory(new GuardedSockets(policy))
            .proxy(Proxy.NO_PROXY)
            .callTimeout(TIMEOUT)
            .followSslRedirects(false)
            .build();
  }

  /**
   * Fetches a picture.
   *
   * @param field names the field of the spec in errors
   * @throws FetchException if there is no picture to be had
   */
  public Fetched fetchImage(String field, String url) {
    try (var response = http.newCall(request(field, url)).execute()) {
      requireSuccess(field, response);
      var type = response.body().contentType();
      if (type == null || !type.type().equals("image")) {
        throw new FetchException(field + " does not lead to a picture. Link to one.", false);
      }
      return new Fetched(type.toString(), boundedBytes(field, response));
    } catch (ForbiddenAddressException e) {
      throw new FetchException(
          "%s leads to an address that must not be fetched: %s. Use a public address, or have the operator's FETCH_ALLOW_CIDRS allow it."
              .formatted(field, e.getMessage()),
          false);
    } catch (IOException e) {
      throw new FetchException(field + " can not be reached at present.", true);
    }
  }

  private static Request request(String field, String url) {
    var link = HttpUrl.parse(url);
    if (link == null) {
      throw new FetchException(
          field + " is no link that can be followed. Write one such as https://example.com/a.png.",
          false);
    }
    return new Request.Builder().url(link).build();
  }

  private static void requireSuccess(String field, Response response) {
    if (!response.isSuccessful()) {
      throw new FetchException(
          "%s was answered with status %d. Link to a picture that is there."
              .formatted(field, response.code()),
          response.code() >= 500);
    }
  }

  private static ByteString boundedBytes(String field, Response response) throws IOException {
    var source = response.body().source();
    if (source.request(MAX_IMAGE_BYTES + 1)) {
      throw new FetchException(
          "%s leads to more than %d MiB. Use a smaller picture."
              .formatted(field, MAX_IMAGE_BYTES >> 20),
          false);
    }
    return source.getBuffer().readByteString();
  }
}
