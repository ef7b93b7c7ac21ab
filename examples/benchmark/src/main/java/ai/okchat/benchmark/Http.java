package ai.okchat.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/**
 * A bare HTTP client: sends bytes, reads the whole response, and parses nothing.
 *
 * @param base URL of all paths, without a slash at the end
 * @param header sent with each request
 */
record Http(OkHttpClient client, String base, Header header) {

  /** A header with its value. */
  record Header(String name, String value) {}

  String get(String path) {
    return send("GET", path, null);
  }

  /** Returns whether the server currently responds with success. */
  boolean answers(String path) {
    try {
      get(path);
      return true;
    } catch (UncheckedIOException | IllegalStateException notYet) {
      return false;
    }
  }

  /**
   * Sends a request and returns the body of the response.
   *
   * @throws IllegalStateException for a status above 299
   */
  String send(String method, String path, @Nullable RequestBody body) {
    var request =
        new Request.Builder()
            .url(base + path)
            .header(header.name(), header.value())
            .method(method, body)
            .build();
    try (var response = client.newCall(request).execute()) {
      var text = response.body().string();
      if (response.code() >= 300) {
        throw new IllegalStateException(
            "%s %s: %d %s".formatted(method, path, response.code(), text));
      }
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + path, e);
    }
  }
}
