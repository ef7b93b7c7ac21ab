package ai.okchat.operator.okchat;

import java.util.stream.Stream;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * One call, whole but for the key and not yet sent.
 *
 * @param action what it does, in the words of messages and metrics
 * @param target host and ids, in the words of messages
 * @param scope what a failure of it says about other calls
 */
record ApiCall(
    String action,
    String target,
    String method,
    HttpUrl url,
    @Nullable Content content,
    CallScope scope) {

  /** A GET changes nothing, whatever becomes of it. */
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
