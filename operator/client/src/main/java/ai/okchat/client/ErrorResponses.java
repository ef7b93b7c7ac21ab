package ai.okchat.client;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Translates every response with an error status into an exception; no other class does. Error
 * responses are not documented (SPEC 1), so only a JSON object counts as a response of the API: any
 * proxy may return 401 or 404. Statuses about the size and form of a request are the exception.
 */
final class ErrorResponses {
  /** Without {@code \b}: in the JDK it takes quadratic time on a run of combining characters. */
  private static final Pattern QUOTA =
      Pattern.compile(
          "(?<!\\w)(quota|credits|upgrade your|(plan|subscription|account|chatbot)s? limit"
              + "|maximum number of (chatbots|bots|documents)|payment required)(?!\\w)",
          Pattern.CASE_INSENSITIVE);

  /**
   * Statuses about the size or form of the request, which a proxy returns as well: a proxy that
   * returns one of them has not forwarded the request.
   */
  private static final Set<Integer> CONCLUSIVE_WITH_ANY_BODY = Set.of(413, 414, 415, 431);

  /** An identifier such as {@code file_too_large}; texts of a document do not have this form. */
  private static final Pattern CODE =
      Pattern.compile(
          "[A-Z][A-Z0-9]{1,15}(_[A-Z0-9]{1,15}){1,4}|[a-z][a-z0-9]{1,15}(_[a-z0-9]{1,15}){1,4}|[0-9]{1,6}");

  private ErrorResponses() {}

  /** Creates the exception for a response other than a 2xx. */
  static OkChatException refused(ApiCall call, ApiKey key, Response response) throws IOException {
    var json = errorObject(response);
    var message = json == null ? "" : Redaction.clean(message(json), key, call.sentTexts());
    var kind = kind(response.code(), json != null, ApiResponse.isHtml(response), message);
    return call.failure(kind)
        .because(because(response, json != null))
        .detail(quotable(call, json, message, response.code()))
        .status(response.code())
        .retryAfter(retryAfter(response))
        .mayHaveBeenApplied(call.writes() && !isDefinite(response.code(), json != null))
        .build();
  }

  /**
   * Returns the error message if it may be quoted: that of a write, whose texts are known and
   * redacted. The response to a read, or a 5xx, may repeat texts of another request. The files of
   * an upload are not known here, so only an error code is quoted.
   */
  private static String quotable(
      ApiCall call, @Nullable ObjectNode json, String message, int status) {
    if (json == null || !call.writes() || status >= 500) {
      return "";
    }
    return call.content() instanceof FormContent ? code(json) : message;
  }

  private static String code(ObjectNode json) {
    return Stream.of(json.path("code"), json.path("error").path("code"), json.path("error"))
        .map(code -> code.asText(""))
        .filter(code -> CODE.matcher(code).matches())
        .findFirst()
        .orElse("");
  }

  static FailureKind kind(int status, boolean isJson, boolean isHtml, String detail) {
    if (status >= 500 || (status == 408 && !isHtml)) {
      return FailureKind.UNAVAILABLE;
    }
    if (status == 429 && !isHtml) {
      return FailureKind.RATE_LIMITED;
    }
    if (CONCLUSIVE_WITH_ANY_BODY.contains(status)) {
      return FailureKind.REQUEST_REJECTED;
    }
    return isJson && status >= 400
        ? jsonErrorKind(status, detail)
        : FailureKind.UNEXPECTED_RESPONSE;
  }

  private static FailureKind jsonErrorKind(int status, String detail) {
    return switch (status) {
      case 401 -> FailureKind.CREDENTIALS_REJECTED;
      case 402 -> FailureKind.QUOTA_EXCEEDED;
      case 404 -> FailureKind.NOT_FOUND;
      case 400, 422 -> orQuota(detail, FailureKind.REQUEST_REJECTED);
      case 403 -> orQuota(detail, FailureKind.CREDENTIALS_REJECTED);
      case 409 -> orQuota(detail, FailureKind.CONFLICT);
      default -> orQuota(detail, FailureKind.UNEXPECTED_RESPONSE);
    };
  }

  private static FailureKind orQuota(String detail, FailureKind otherwise) {
    return QUOTA.matcher(detail).find() ? FailureKind.QUOTA_EXCEEDED : otherwise;
  }

  /**
   * Returns whether the status proves that the backend changed nothing. A JSON 4xx comes from the
   * API; a 408 does not report what the backend did.
   */
  private static boolean isDefinite(int status, boolean isJson) {
    return CONCLUSIVE_WITH_ANY_BODY.contains(status)
        || (isJson && status >= 400 && status < 500 && status != 408);
  }

  private static String because(Response response, boolean isJson) {
    var summary = "the backend responded with " + response.code();
    if (response.isRedirect()) {
      return summary + ", a redirect, which is not followed: set the URL that it leads to";
    }
    if (ApiResponse.isHtml(response)) {
      return summary + " and an HTML page, which a proxy sent in its place";
    }
    return isJson || response.code() >= 500 ? summary : summary + " without a JSON object";
  }

  private static @Nullable ObjectNode errorObject(Response response) throws IOException {
    try {
      return new ApiResponse(response, ResponseLimits.OF_ERRORS).object();
    } catch (JacksonException | UnusableResponseException e) {
      return null;
    }
  }

  private static String message(JsonNode json) {
    var error = json.path("error");
    var first = error.isObject() ? error.path("message").asText("") : error.asText("");
    var second = json.path("message").asText("");
    return first.isBlank() || second.isBlank() || first.equals(second)
        ? (first.isBlank() ? second : first)
        : first + ": " + second;
  }

  private static Optional<Duration> retryAfter(Response response) {
    if (response.code() != 429 && response.code() != 503) {
      return Optional.empty();
    }
    var now =
        Optional.ofNullable(response.header("Date"))
            .flatMap(RetryAfter::time)
            .orElseGet(() -> Instant.ofEpochMilli(response.receivedResponseAtMillis()));
    return RetryAfter.parse(RetryAfterInterceptor.retryAfter(response), now);
  }
}
