package ai.okchat.operator.fetch;

import java.io.IOException;
import java.net.Proxy;
import java.time.Duration;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.ByteString;

/** Fetches images that a spec links to, with limits of size and time. */
public final class ImageFetcher {

  /** Maximum size in bytes; an avatar is a small image. */
  static final long MAX_IMAGE_BYTES = 5L * 1024 * 1024;

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** An image that a link led to. */
  public record Fetched(String mediaType, ByteString bytes) {}

  private final OkHttpClient http;

  public ImageFetcher(OkHttpClient http, AddressPolicy policy) {
    this.http =
        http.newBuilder()
            .socketFactory(new SsrfSafeSocketFactory(policy))
            .proxy(Proxy.NO_PROXY)
            .callTimeout(TIMEOUT)
            .followSslRedirects(false)
            .build();
  }

  /**
   * Fetches an image.
   *
   * @param field the field of the spec, for the message
   * @throws FetchException if the link does not lead to an image
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
      throw new FetchException(field + " cannot be reached.", true);
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
          "The server responded to %s with status %d. Link to an image that exists."
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
