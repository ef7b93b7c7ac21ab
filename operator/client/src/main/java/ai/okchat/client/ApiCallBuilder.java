package ai.okchat.client;

import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Builds a request and its URL, and rejects IDs that would change the URL: the backend may read a
 * blank ID in a query as "all" (failure mode B5), and a slash selects another path.
 */
final class ApiCallBuilder {
  private static final Pattern ID = Pattern.compile("[^\\s/\\\\\\p{Cntrl}]{1,200}");

  private final String action;
  private final String host;
  private final HttpUrl.Builder url;
  private final StringBuilder subject = new StringBuilder();
  private CallScope scope = CallScope.ACCOUNT;

  private ApiCallBuilder(Endpoint endpoint, String action) {
    this.action = action;
    host = endpoint.host();
    url = endpoint.baseUrl().newBuilder();
  }

  static ApiCallBuilder call(Endpoint endpoint, String action) {
    return new ApiCallBuilder(endpoint, action);
  }

  /** Appends fixed segments, e.g. {@code api/external/chatbots}. */
  ApiCallBuilder path(String segments) {
    url.addPathSegments(segments);
    return this;
  }

  /** Appends an ID as one segment. */
  ApiCallBuilder path(String what, String id) {
    id(what, id);
    url.addPathSegment(id);
    return this;
  }

  ApiCallBuilder query(String parameter, String what, String id) {
    id(what, id);
    url.addQueryParameter(parameter, id);
    return this;
  }

  /** Checks an ID that the body contains. */
  ApiCallBuilder id(String what, String id) {
    return require(
            isId(id), "the id of the " + what + " must be one non-blank word without slashes")
        .about(what + " " + id);
  }

  /** Returns whether the text can be one segment of a URL. */
  static boolean isId(String id) {
    return ID.matcher(id).matches() && !id.equals(".") && !id.equals("..");
  }

  /** Adds a parameter unless its value is null. */
  ApiCallBuilder query(String parameter, @Nullable String value) {
    if (value != null) {
      url.addQueryParameter(parameter, value);
    }
    return this;
  }

  /** Adds the subject of the request to the target that messages name. */
  ApiCallBuilder about(String text) {
    subject.append(subject.isEmpty() ? "" : ", ").append(text);
    return this;
  }

  /** Sets the other requests that a failure of this one concerns; the default is the account. */
  ApiCallBuilder scope(CallScope of) {
    scope = of;
    return this;
  }

  /**
   * Rejects the request unless the condition is true.
   *
   * @param requirement the condition as a sentence, for the message
   */
  ApiCallBuilder require(boolean condition, String requirement) {
    if (!condition) {
      throw OkChatException.failure(FailureKind.INVALID_CALL, action, target())
          .because(requirement)
          .mayHaveBeenApplied(false)
          .build();
    }
    return this;
  }

  ApiCall get() {
    return build("GET", null);
  }

  ApiCall delete() {
    return build("DELETE", null);
  }

  ApiCall post(RequestContent content) {
    return build("POST", content);
  }

  ApiCall patch(RequestContent content) {
    return build("PATCH", content);
  }

  private ApiCall build(String method, @Nullable RequestContent content) {
    return new ApiCall(action, target(), method, url.build(), content, scope);
  }

  private String target() {
    return subject.isEmpty() ? host : host + " (" + subject + ")";
  }
}
