package ai.okchat.operator.okchat;

import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Puts the address of a call together, and refuses ids that would change which address it is: a
 * blank id in a query may well mean "all" (failure mode B5), and a slash leads elsewhere.
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

  /** Appends an id as one segment. */
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

  /** Checks an id that travels in the body. */
  ApiCallBuilder id(String what, String id) {
    return require(
            isId(id), "the id of the " + what + " must be one non-blank word without slashes")
        .about(what + " " + id);
  }

  /** Whether a text can stand in an address as one segment. */
  static boolean isId(String id) {
    return ID.matcher(id).matches() && !id.equals(".") && !id.equals("..");
  }

  /** Adds a parameter, unless it is null. */
  ApiCallBuilder query(String parameter, @Nullable String value) {
    if (value != null) {
      url.addQueryParameter(parameter, value);
    }
    return this;
  }

  /** Names in messages what the call is about. */
  ApiCallBuilder about(String words) {
    subject.append(subject.isEmpty() ? "" : ", ").append(words);
    return this;
  }

  /** Sets what a failure of the call says about other calls: of the account, unless told. */
  ApiCallBuilder scope(CallScope of) {
    scope = of;
    return this;
  }

  /** Refuses the call unless the condition holds; the words tell what it must be. */
  ApiCallBuilder require(boolean condition, String words) {
    if (!condition) {
      throw OkChatException.failure(FailureKind.INVALID_CALL, action, target())
          .because(words)
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

  ApiCall post(Content content) {
    return build("POST", content);
  }

  ApiCall patch(Content content) {
    return build("PATCH", content);
  }

  private ApiCall build(String method, @Nullable Content content) {
    return new ApiCall(action, target(), method, url.build(), content, scope);
  }

  private String target() {
    return subject.isEmpty() ? host : host + " (" + subject + ")";
  }
}
