package ai.okchat.operator.status;

import ai.okchat.client.OkChatException;
import ai.okchat.operator.fetch.FetchException;
import ai.okchat.operator.fetch.SourceException;
import ai.okchat.operator.status.ConditionValue.Truth;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.OperatorException;
import java.time.Duration;
import java.util.Objects;

/**
 * The reason why an object is not Ready, and what follows. The only translation of an exception to
 * a reason: the table of design.md section 6, with one factory for each row that a check detects
 * without an exception.
 *
 * @param ready status of {@code Ready}: False if a user must act, Unknown if the failure is
 *     transient
 * @param message says what is wrong and how to fix it
 * @param stalled whether only a change by a user can help
 */
public record Failure(Truth ready, Reason reason, String message, boolean stalled, Requeue next) {

  private static final Duration SLOW_RECHECK = Duration.ofMinutes(15);
  private static final Duration WITHOUT_RETRY_AFTER = Duration.ofSeconds(30);

  /**
   * An object that the spec names does not exist or lacks the key; its event triggers a
   * reconciliation.
   */
  public static Failure referenceNotFound(String message) {
    return new Failure(Truth.False, Reason.ReferenceNotFound, message, false, Requeue.HOURLY);
  }

  public static Failure referenceNotPermitted(String message) {
    return new Failure(Truth.False, Reason.ReferenceNotPermitted, message, false, Requeue.HOURLY);
  }

  /** A user must change something; the operator sends nothing until then. */
  public static Failure stalled(Reason reason, String message) {
    return new Failure(Truth.False, reason, message, true, Requeue.HOURLY);
  }

  /** Not an error: an operation is running, and the object waits for its end. */
  public static Failure waiting(Reason reason, String message, Duration requeueAfter) {
    return new Failure(Truth.Unknown, reason, message, false, Requeue.in(requeueAfter));
  }

  /**
   * Returns this failure as the one that blocks a deletion.
   *
   * @param what says what the operator cannot do
   * @param waysOut says how a user can unblock it
   */
  public Failure blockingDeletion(String what, String waysOut) {
    return new Failure(
        ready, Reason.DeletionBlocked, what + ": " + message + waysOut, stalled, next);
  }

  /** Returns the exception of a reconciliation, which the metrics of the framework wrap. */
  public static Exception unwrap(Exception e) {
    return e instanceof OperatorException && e.getCause() instanceof Exception cause
        ? unwrap(cause)
        : e;
  }

  public static Failure of(Exception e) {
    return switch (e) {
      case OkChatException okchat -> ofBackend(okchat);
      case FetchException fetch -> ofLink(fetch);
      case SourceException source -> ofSource(source);
      case KubernetesClientException kubernetes ->
          transientFailure(
              Reason.InternalError,
              kubernetes.getCode() == 0
                  ? "The API server cannot be reached. The operator tries again."
                  : "The API server responded with %d. The operator tries again."
                      .formatted(kubernetes.getCode()));
      default ->
          transientFailure(
              Reason.InternalError,
              "An unexpected %s occurred; the log of the operator has its stack trace. The operator tries again."
                  .formatted(e.getClass().getSimpleName()));
    };
  }

  /** Rechecks permanent failures slowly: no informer reports that a link works again. */
  private static Failure ofLink(FetchException e) {
    return e.isTransient()
        ? transientFailure(Reason.ReferenceNotFound, sentenceOf(e))
        : new Failure(
            Truth.False, Reason.ReferenceNotFound, sentenceOf(e), false, Requeue.in(SLOW_RECHECK));
  }

  private static Failure ofSource(SourceException e) {
    return e.isTransient()
        ? transientFailure(Reason.SourceUnavailable, sentenceOf(e) + " The operator tries again.")
        : new Failure(
            Truth.False, Reason.SourceRejected, sentenceOf(e), true, Requeue.in(SLOW_RECHECK));
  }

  private static Failure ofBackend(OkChatException e) {
    var sentence = sentenceOf(e);
    return switch (e.kind()) {
      case CREDENTIALS_REJECTED ->
          new Failure(
              Truth.False,
              Reason.CredentialsRejected,
              sentence + " Write a valid key to the Secret. The operator notices it at once.",
              false,
              Requeue.HOURLY);
      case REQUEST_REJECTED, CONFLICT, INVALID_CALL ->
          stalled(Reason.SpecRejected, sentence + " Change the spec accordingly.");
      case QUOTA_EXCEEDED ->
          new Failure(
              Truth.False,
              Reason.QuotaExceeded,
              sentence
                  + " Delete bots or documents, or increase the quota. The operator tries again"
                  + " every 15 minutes.",
              false,
              Requeue.in(SLOW_RECHECK));
      case RATE_LIMITED ->
          new Failure(
              Truth.Unknown,
              Reason.RateLimited,
              "The backend limits the request rate. All requests of the account wait as long as"
                  + " Retry-After says.",
              false,
              Requeue.in(e.retryAfter().orElse(WITHOUT_RETRY_AFTER)));
      case UNAVAILABLE, NOT_FOUND -> transientFailure(Reason.BackendUnavailable, sentence);
      case UNEXPECTED_RESPONSE -> transientFailure(Reason.UnexpectedResponse, sentence);
    };
  }

  /** Returns the message as a sentence of its own: another one may follow. */
  private static String sentenceOf(Exception e) {
    var sentence = Objects.requireNonNullElse(e.getMessage(), "It failed.");
    return sentence.matches("(?s).*[.!?]\\s*") ? sentence.strip() : sentence.strip() + ".";
  }

  private static Failure transientFailure(Reason reason, String message) {
    return new Failure(Truth.Unknown, reason, message, false, Requeue.BACKOFF);
  }
}
