package ai.okchat.client;

import java.util.stream.Stream;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * A request that is complete except for the API key, and not sent yet.
 *
 * @param action the operation, as messages and metrics name it
 * @param target host and IDs, as messages name them
 * @param scope the other requests that a failure of this one concerns
 */
record ApiCall(
    String action,
    String target,
    String method,
    HttpUrl url,
    @Nullable RequestContent content,
    CallScope scope) {

  /** Returns whether the request may change the backend; a GET never does. */
  boolean writes() {
    return !method.equals("GET");
  }

  Request signed(ApiKey key) {
    return new Request.Builder()
        .url(url)
        .method(method, content == null ? null : content.body())
        .header("x-api-key", key.value())
        .header("User-Agent", "okchat-operator")
        .build();
  }

  Stream<String> sentTexts() {
    return content == null ? Stream.empty() : content.texts();
  }

  OkChatException.Builder failure(FailureKind kind) {
    return OkChatException.failure(kind, action, target).confined(scope.confines(kind));
  }
}
