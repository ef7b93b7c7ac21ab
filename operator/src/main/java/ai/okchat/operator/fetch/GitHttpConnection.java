package ai.okchat.operator.fetch;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Proxy;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import okhttp3.Headers;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP exchange of JGit over {@link SsrfSafeHttpClient}. JGit follows redirects itself, with a
 * connection for each; its request bodies are small and stay in memory.
 */
final class GitHttpConnection implements HttpConnection {

  private static final String SMART = "application/x-git-";
  private static final long MAX = Long.MAX_VALUE;

  /** Bytes in which a web page shows its first tag. */
  private static final int HEAD_BYTES = 64;

  /** The byte order mark of UTF-8, each byte as the character of its number. */
  private static final String UTF_8_MARK = "\u00EF\u00BB\u00BF";

  private final OkHttpClient http;
  private final URL url;
  private final OriginHeaders credentials;
  private final GitBudget budget;
  private final Headers.Builder headers = new Headers.Builder();
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private String method = "GET";
  private @Nullable Response response;

  /**
   * Creates a connection that has sent nothing yet.
   *
   * @param budget limits all responses
   */
  GitHttpConnection(OkHttpClient http, URL url, OriginHeaders credentials, GitBudget budget) {
    this.http = http;
    this.url = url;
    this.credentials = credentials;
    this.budget = budget;
  }

  @Override
  public int getResponseCode() throws IOException {
    return execute().code();
  }

  @Override
  public URL getURL() {
    return url;
  }

  @Override
  public String getResponseMessage() throws IOException {
    return execute().message();
  }

  @Override
  public Map<String, List<String>> getHeaderFields() {
    return response == null ? Map.of() : response.headers().toMultimap();
  }

  /** Ignores credentials of JGit: only {@link OriginHeaders} adds them. */
  @Override
  public void setRequestProperty(String key, String value) {
    if (!key.equalsIgnoreCase("Authorization")) {
      headers.set(key, value);
    }
  }

  @Override
  public void setRequestMethod(String changed) {
    method = changed;
  }

  @Override
  public void setUseCaches(boolean used) {
    // Nothing is cached.
  }

  @Override
  public void setConnectTimeout(int millis) {
    // The client has its own timeout.
  }

  @Override
  public void setReadTimeout(int millis) {
    // The client has its own timeout.
  }

  @Override
  public @Nullable String getContentType() {
    return getHeaderField("Content-Type");
  }

  @Override
  public InputStream getInputStream() throws IOException {
    var body =
        budget.limited(
            execute().body().byteStream(), lines(), isReadWhole() ? GitBudget.MOST_IN_MEMORY : MAX);
    return lines() == GitBudget.Lines.TEXT ? withoutPage(body) : body;
  }

  /** Returns the list of refs, which begins with an ID. A web page begins with a tag. */
  private static InputStream withoutPage(InputStream body) throws IOException {
    var refs = new BufferedInputStream(body);
    refs.mark(HEAD_BYTES);
    var head = new String(refs.readNBytes(HEAD_BYTES), StandardCharsets.ISO_8859_1);
    refs.reset();
    if (head.replace(UTF_8_MARK, "").stripLeading().startsWith("<")) {
      throw new WebPageException();
    }
    return refs;
  }

  private GitBudget.Lines lines() {
    if (String.valueOf(getContentType()).startsWith(SMART)) {
      return GitBudget.Lines.PACKETS;
    }
    return url.getPath().endsWith("/info/refs") ? GitBudget.Lines.TEXT : GitBudget.Lines.NONE;
  }

  /** Returns whether JGit reads the response completely into memory; only packs go to disk. */
  private boolean isReadWhole() {
    return method.equals("GET") && !url.getPath().endsWith(".pack");
  }

  @Override
  public @Nullable String getHeaderField(String name) {
    return response == null ? null : response.header(name);
  }

  @Override
  public List<String> getHeaderFields(String name) {
    return response == null ? List.of() : response.headers(name);
  }

  @Override
  public int getContentLength() {
    return response == null
        ? -1
        : (int) Math.min(response.body().contentLength(), Integer.MAX_VALUE);
  }

  @Override
  public void setInstanceFollowRedirects(boolean followed) {
    // Not needed: JGit opens another connection.
  }

  @Override
  public void setDoOutput(boolean output) {
    // The method determines it.
  }

  @Override
  public void setFixedLengthStreamingMode(int length) {
    // The request body is in memory.
  }

  @Override
  public OutputStream getOutputStream() {
    return sent;
  }

  @Override
  public void setChunkedStreamingMode(int chunk) {
    // The request body is in memory.
  }

  @Override
  public String getRequestMethod() {
    return method;
  }

  @Override
  public boolean usingProxy() {
    return http.proxy() != null && !Proxy.NO_PROXY.equals(http.proxy());
  }

  @Override
  public void connect() throws IOException {
    execute();
  }

  @Override
  public void configure(
      KeyManager @Nullable [] keys,
      TrustManager @Nullable [] trusted,
      @Nullable SecureRandom random) {
    // Certificates are always checked, even if JGit disables the check.
  }

  @Override
  public void setHostnameVerifier(HostnameVerifier verifier) {
    // Host names are always checked.
  }

  /** Checks the length, because JGit allocates as many bytes as the header declares. */
  private void requireShort(long length) throws IOException {
    if (isReadWhole() && length > GitBudget.MOST_IN_MEMORY) {
      throw new GitBudget.ExceededException(
          "it sends %d bytes of at most %d".formatted(length, GitBudget.MOST_IN_MEMORY));
    }
  }

  private Response execute() throws IOException {
    if (response == null) {
      var body = method.equals("POST") ? RequestBody.create(sent.toByteArray()) : null;
      var request =
          new Request.Builder()
              .url(url)
              .headers(headers.build())
              .tag(OriginHeaders.class, credentials)
              .method(method, body)
              .build();
      response = http.newCall(request).execute();
      requireShort(response.body().contentLength());
    }
    return Objects.requireNonNull(response);
  }
}
