package ai.okchat.operator.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Fetches web pages, one attempt each. */
public final class WebFetcher {

  private static final Duration LONGEST_CALL = Duration.ofMinutes(2);

  private static final int LONGEST_KEPT_HEADER = 1024;

  /** Some servers reject a request without it. */
  private static final String ACCEPT =
      "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8";

  /** Some servers redirect a request without it to another page. A source may override it. */
  private static final String ACCEPT_LANGUAGE = "ko, en;q=0.8, *;q=0.5";

  private final OkHttpClient http;

  public WebFetcher(OkHttpClient shared, AddressPolicy policy) {
    this.http = SsrfSafeHttpClient.client(shared, policy, LONGEST_CALL);
  }

  /** The name of the operator in robots.txt. */
  public static String userAgent() {
    return SsrfSafeHttpClient.USER_AGENT;
  }

  /** The version of a page as the server reports it; both may be missing. */
  public record Version(@Nullable String etag, @Nullable String lastModified) {

    public static final Version UNKNOWN = new Version(null, null);
  }

  /** A response with any status. */
  public static final class Page implements AutoCloseable {

    private final Response response;

    Page(Response response) {
      this.response = response;
    }

    public int status() {
      return response.code();
    }

    /** The URL after redirects. */
    public HttpUrl url() {
      return response.request().url();
    }

    /** For example {@code text/html}; empty if the server does not report it. */
    public String mediaType() {
      var type = contentType();
      return type == null ? "" : type.type() + "/" + type.subtype();
    }

    /** Null if the server does not report it. */
    public @Nullable String charset() {
      var type = contentType();
      var charset = type == null ? null : type.charset();
      return charset == null ? null : charset.name();
    }

    public Version version() {
      return new Version(shortHeader("ETag"), shortHeader("Last-Modified"));
    }

    /** The {@code Retry-After} header as the server sent it; null if there is none. */
    public @Nullable String retryAfter() {
      return response.header("Retry-After");
    }

    /**
     * The body after decompression, without a limit of length. Reading it throws a {@link
     * SourceException} if the connection breaks.
     */
    public InputStream body() {
      return new PageBody(response);
    }

    /**
     * Returns the header; null if it is too long to be stored: the page is then fetched completely
     * each time.
     */
    private @Nullable String shortHeader(String name) {
      var value = response.header(name);
      return value == null || value.length() > LONGEST_KEPT_HEADER ? null : value;
    }

    private @Nullable MediaType contentType() {
      var type = response.header("Content-Type");
      return type == null ? null : MediaType.parse(type);
    }

    @Override
    public void close() {
      response.close();
    }
  }

  /**
   * Fetches a page.
   *
   * @param known the version that the operator already has: the response may be a 304
   * @throws SourceException if there is no response, or the address is not permitted
   */
  public Page get(HttpUrl url, Version known, OriginHeaders credentials) {
    var request =
        new Request.Builder()
            .url(url)
            .tag(OriginHeaders.class, credentials)
            .header("User-Agent", SsrfSafeHttpClient.USER_AGENT)
            .header("Accept", ACCEPT)
            .header("Accept-Language", ACCEPT_LANGUAGE)
            .header("Accept-Encoding", "gzip");
    if (known.etag() != null) {
      request.header("If-None-Match", known.etag());
    }
    if (known.lastModified() != null) {
      request.header("If-Modified-Since", known.lastModified());
    }
    try {
      return new Page(http.newCall(request.build()).execute());
    } catch (InsecureRedirectException e) {
      throw new SourceException(
          "%s redirects from https to http, which is not followed. Name the address that it redirects to, or have the site corrected."
              .formatted(url.host()),
          false);
    } catch (ForbiddenAddressException e) {
      throw new SourceException(
          "%s leads to an address that must not be fetched: %s. Use a public address, or have the operator's FETCH_ALLOW_CIDRS allow it."
              .formatted(url.host(), e.getMessage()),
          false);
    } catch (IOException e) {
      throw new SourceException(
          "%s cannot be reached (%s).".formatted(url.host(), e.getClass().getSimpleName()), true);
    }
  }
}
