package ai.okchat.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/**
 * A bare HTTP client: sends bytes, reads the answer to its end, and parses nothing.
 *
 * @param base of all paths, without a slash at the end
 * @param header name and value that go with each request
 */
record Http(OkHttpClient client, String base, Header header) {

  /** Name and value. */
  record Header(String name, String value) {}

  String get(String path) {
    return send("GET", path, null);
  }

  /** Whether there is a good answer at present. */
  boolean answers(String path) {
    try {
      get(path);
      return true;
    } catch (UncheckedIOException | IllegalStateException notYet) {
      return false;
    }
  }

  /**
   * The body of the answer.
   *
   * @throws IllegalStateException for an answer above 299
   */
  String send(String method, String path, @Nullable RequestBody body) {
    var request =
        new Request.Builder()
            .url(base + path)
            .header(header.name(), header.value())
            .method(method, body)
            .build();
    try (var answer = client.newCall(request).execute()) {
      var text = answer.body().string();
      if (answer.code() >= 300) {
        throw new IllegalStateException(
            "%s %s: %d %s".formatted(method, path, answer.code(), text));
      }
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + path, e);
    }
  }
}
