package ai.okchat.operator.fetch;

import ai.okchat.planning.ImageType;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** Fetches images that a spec links to, with limits of size and time. */
public final class ImageFetcher {

  /** Maximum size in bytes; an avatar is a small image. */
  static final long MAX_IMAGE_BYTES = 5L * 1024 * 1024;

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** Maximum number of characters of a declared media type that a message shows. */
  static final int LONGEST_TYPE = 64;

  private static final int REQUEST_TIMEOUT = 408;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;

  /** An image that a link led to. */
  public record Fetched(String mediaType, ByteString bytes) {}

  private final OkHttpClient http;

  public ImageFetcher(OkHttpClient http, AddressPolicy policy) {
    this.http = SsrfSafeHttpClient.client(http, policy, TIMEOUT);
  }

  /**
   * Fetches an image. Its bytes decide its type: object stores declare {@code
   * application/octet-stream}. The declared type counts only for bytes of an unknown type.
   *
   * @param field the field of the spec, for the message
   * @throws FetchException if the link does not lead to an image
   */
  public Fetched fetchImage(String field, String url) {
    try (var response = http.newCall(request(field, url)).execute()) {
      requireSuccess(field, response);
      return picture(field, response.body().contentType(), boundedBytes(field, response));
    } catch (ForbiddenAddressException e) {
      throw new FetchException(
          "%s leads to an address that must not be fetched: %s. Use a public address, or have the operator's FETCH_ALLOW_CIDRS allow it."
              .formatted(field, e.getMessage()),
          false);
    } catch (InsecureRedirectException e) {
      throw new FetchException(
          "%s redirects from https to http, which is not followed. Link to the address that it redirects to, or have the server corrected."
              .formatted(field),
          false);
    } catch (IOException e) {
      throw new FetchException(field + " cannot be reached.", true);
    }
  }

  private static Fetched picture(String field, @Nullable MediaType declared, ByteString bytes) {
    var type =
        ImageType.of(bytes)
            .or(
                () ->
                    Optional.ofNullable(declared)
                        .filter(image -> image.type().equals("image") && !ImageType.isText(bytes))
                        .map(MediaType::toString));
    if (type.isEmpty()) {
      throw new FetchException(
          "%s does not lead to a picture: the server declares %s, and the bytes are %s. Link to a PNG, JPEG, GIF, WebP or SVG picture."
              .formatted(field, shown(declared), ImageType.describe(bytes)),
          false);
    }
    return new Fetched(type.get(), bytes);
  }

  private static String shown(@Nullable MediaType declared) {
    if (declared == null) {
      return "no media type";
    }
    var name = declared.type() + "/" + declared.subtype();
    return name.length() > LONGEST_TYPE ? name.substring(0, LONGEST_TYPE) : name;
  }

  private static Request request(String field, String url) {
    var link = HttpUrl.parse(url);
    if (link == null) {
      throw new FetchException(
          field + " is no link that can be followed. Write one such as https://example.com/a.png.",
          false);
    }
    return new Request.Builder()
        .url(link)
        .header("User-Agent", SsrfSafeHttpClient.USER_AGENT)
        .header("Accept", "image/*, */*;q=0.8")
        .build();
  }

  private static void requireSuccess(String field, Response response) {
    if (response.isSuccessful()) {
      return;
    }
    if (response.isRedirect()) {
      throw new FetchException(
          "%s is redirected with status %d to no address that can be followed. Link to the address of the picture itself."
              .formatted(field, response.code()),
          false);
    }
    throw isTransient(response.code())
        ? new FetchException(
            "The server responded to %s with status %d. The operator tries again."
                .formatted(field, response.code()),
            true)
        : new FetchException(
            "The server responded to %s with status %d. Link to an image that exists."
                .formatted(field, response.code()),
            false);
  }

  private static boolean isTransient(int status) {
    return status >= SERVER_ERROR || status == REQUEST_TIMEOUT || status == TOO_MANY_REQUESTS;
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
