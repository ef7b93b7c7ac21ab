package ai.okchat.operator.okchat;

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
 * The one place where a status becomes an exception. Error answers are not documented (SPEC 1), so
 * only a JSON object counts as the API's own word: anything may answer 401 or 404 on the way. The
 * exception are the statuses about the size and form of a request.
 */
final class Refusals {
  /** The JDK's {@code \b} takes the square of the time on a run of combining characters. */
  private static final Pattern QUOTA =
      Pattern.compile(
          "(?<!\\w)(quota|credits|upgrade your|(plan|subscription|account|chatbot)s? limit"
              + "|maximum number of (chatbots|bots|documents)|payment required)(?!\\w)",
          Pattern.CASE_INSENSITIVE);

  /**
   * Statuses about the size or form of the request, which a proxy on the way returns as well: a
   * proxy that returns one of them has not forwarded the request.
   */
  private static final Set<Integer> CONCLUSIVE_WITH_ANY_BODY = Set.of(413, 414, 415, 431);

  /** An identifier such as {@code file_too_large}; words of a document have no such form. */
  private static final Pattern CODE =
      Pattern.compile(
          "[A-Z][A-Z0-9]{1,15}(_[A-Z0-9]{1,15}){1,4}|[a-z][a-z0-9]{1,15}(_[a-z0-9]{1,15}){1,4}|[0-9]{1,6}");

  private Refusals() {}

  /** The failure that an answer other than a 2xx stands for. */
  static OkChatException refused(ApiCall call, ApiKey key, Response response) throws IOException {
    var json = errorObject(response);
    var words = json == null ? "" : Redaction.clean(words(json), key, call.sentTexts());
    var kind = kind(response.code(), json != null, Answer.isHtml(response), words);
    return call.failure(kind)
        .because(because(response, json != null))
        .detail(quotable(call, json, words, response.code()))
        .status(response.code())
        .retryAfter(retryAfter(response))
        .mayHaveBeenApplied(call.writes() && !isDefinite(response.code(), json != null))
        .build();
  }

  /**
   * Words about what this very call sent, which is known and was taken out of them. A read, or a
   * backend in trouble, may repeat what another call sent. The files of an upload are not known
   * here, so only an error code is quoted.
   */
  private static String quotable(
      ApiCall call, @Nullable ObjectNode json, String words, int status) {
    if (json == null || !call.writes() || status >= 500) {
      return "";
    }
    return call.content() instanceof FormContent ? code(json) : words;
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
    return isJson && status >= 400 ? refusal(status, detail) : FailureKind.UNEXPECTED_ANSWER;
  }

  private static FailureKind refusal(int status, String detail) {
    return switch (status) {
      case 401 -> FailureKind.CREDENTIALS_REJECTED;
      case 402 -> FailureKind.QUOTA_EXCEEDED;
      case 404 -> FailureKind.NOT_FOUND;
      case 400, 422 -> orQuota(detail, FailureKind.REQUEST_REJECTED);
      case 403 -> orQuota(detail, FailureKind.CREDENTIALS_REJECTED);
      case 409 -> orQuota(detail, FailureKind.CONFLICT);
      default -> orQuota(detail, FailureKind.UNEXPECTED_ANSWER);
    };
  }

  private static FailureKind orQuota(String detail, FailureKind otherwise) {
    return QUOTA.matcher(detail).find() ? FailureKind.QUOTA_EXCEEDED : otherwise;
  }

  /** A JSON 4xx comes from the API itself; a 408 says that it waited, not what it did. */
  private static boolean isDefinite(int status, boolean isJson) {
    return CONCLUSIVE_WITH_ANY_BODY.contains(status)
        || (isJson && status >= 400 && status < 500 && status != 408);
  }

  private static String because(Response response, boolean isJson) {
    var answered = "the backend answered " + response.code();
    if (response.isRedirect()) {
      return answered + ", a redirect, which is not followed: set the URL that it leads to";
    }
    if (Answer.isHtml(response)) {
      return answered + " with an HTML page, so something on the way answered in its place";
    }
    return isJson || response.code() >= 500 ? answered : answered + " without a JSON object";
  }

  private static @Nullable ObjectNode errorObject(Response response) throws IOException {
    try {
      return new Answer(response, AnswerLimits.OF_ERRORS).object();
    } catch (JacksonException | UnusableAnswerException e) {
      return null;
    }
  }

  private static String words(JsonNode json) {
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
    return RetryAfter.parse(SingleAttempt.retryAfter(response), now);
  }
}
