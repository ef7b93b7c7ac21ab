package ai.okchat.operator.status;

import ai.okchat.operator.fetch.FetchException;
import ai.okchat.operator.fetch.SourceException;
import ai.okchat.operator.okchat.OkChatException;
import ai.okchat.operator.status.ConditionValue.Truth;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Objects;

/**
 * Why an object is not Ready, and what follows. The only translation from an exception to a reason:
 * the table of design.md section 6, with one factory for each of its rows that is found by looking
 * rather than by failing.
 *
 * @param ready what {@code Ready} becomes: False where somebody must act, Unknown where it passes
 * @param message says what is wrong and the way out
 * @param stalled whether nothing but a change by a person can help
 */
public record Failure(Truth ready, Reason reason, String message, boolean stalled, Next next) {

  private static final Duration SLOW_RECHECK = Duration.ofMinutes(15);
  private static final Duration WITHOUT_RETRY_AFTER = Duration.ofSeconds(30);

  /** An object that the spec names does not exist or lacks the key; its event wakes the pass. */
  public static Failure referenceNotFound(String message) {
    return new Failure(Truth.False, Reason.ReferenceNotFound, message, false, Next.HOURLY);
  }

  public static Failure referenceNotPermitted(String message) {
    return new Failure(Truth.False, Reason.ReferenceNotPermitted, message, false, Next.HOURLY);
  }

  /** A person must change something; nothing is sent until then. */
  public static Failure stalled(Reason reason, String message) {
    return new Failure(Truth.False, reason, message, true, Next.HOURLY);
  }

  /** Not an error: something is under way, and its end is awaited. */
  public static Failure waiting(Reason reason, String message, Duration recheck) {
    return new Failure(Truth.Unknown, reason, message, false, Next.in(recheck));
  }

  /**
   * The same, as what a deletion waits for.
   *
   * @param what can not be done
   * @param waysOut for a person
   */
  public Failure blockingDeletion(String what, String waysOut) {
    return new Failure(
        ready, Reason.DeletionBlocked, what + ": " + message + waysOut, stalled, next);
  }

  public static Failure of(Exception e) {
    return switch (e) {
      case OkChatException okchat -> ofBackend(okchat);
      case FetchException fetch -> ofLink(fetch);
      case SourceException source -> ofSource(source);
      case KubernetesClientException kubernetes ->
          passing(
              Reason.InternalError,
              kubernetes.getCode() == 0
                  ? "The Kubernetes API server can not be reached. It is tried again."
                  : "The Kubernetes API server answered %d. It is tried again."
                      .formatted(kubernetes.getCode()));
      default ->
          passing(
              Reason.InternalError,
              "An unexpected %s; the operator's log has its stack. It is tried again."
                  .formatted(e.getClass().getSimpleName()));
    };
  }

  /** No informer tells when a link works again. */
  private static Failure ofLink(FetchException e) {
    return e.isPassing()
        ? passing(Reason.ReferenceNotFound, words(e))
        : new Failure(
            Truth.False, Reason.ReferenceNotFound, words(e), false, Next.in(SLOW_RECHECK));
  }

  private static Failure ofSource(SourceException e) {
    return e.isPassing()
        ? passing(Reason.SourceUnavailable, words(e) + " It is tried again.")
        : new Failure(Truth.False, Reason.SourceRejected, words(e), true, Next.in(SLOW_RECHECK));
  }

  private static Failure ofBackend(OkChatException e) {
    var words = words(e);
    return switch (e.kind()) {
      case CREDENTIALS_REJECTED ->
          new Failure(
              Truth.False,
              Reason.CredentialsRejected,
              words + " Put a valid key into the Secret; the operator notices at once.",
              false,
              Next.HOURLY);
      case REQUEST_REJECTED, CONFLICT, INVALID_CALL ->
          stalled(Reason.SpecRejected, words + " Change the spec as the backend's words say.");
      case QUOTA_EXCEEDED ->
          new Failure(
              Truth.False,
              Reason.QuotaExceeded,
              words + " Free or buy capacity; it is tried again every 15 minutes.",
              false,
              Next.in(SLOW_RECHECK));
      case RATE_LIMITED ->
          new Failure(
              Truth.Unknown,
              Reason.RateLimited,
              "The backend limits the request rate; all of this account waits as long as it asks.",
              false,
              Next.in(e.retryAfter().orElse(WITHOUT_RETRY_AFTER)));
      case UNAVAILABLE, NOT_FOUND -> passing(Reason.BackendUnavailable, words);
      case UNEXPECTED_ANSWER -> passing(Reason.UnexpectedAnswer, words);
    };
  }

  /** As a sentence of its own: what to do may follow. */
  private static String words(Exception e) {
    var words = Objects.requireNonNullElse(e.getMessage(), "It failed.");
    return words.matches("(?s).*[.!?]\\s*") ? words.strip() : words.strip() + ".";
  }

  private static Failure passing(Reason reason, String message) {
    return new Failure(Truth.Unknown, reason, message, false, Next.BACKOFF);
  }

  /** Whether it is about an object that the spec names rather than about the backend. */
  public boolean aboutReferences() {
    return reason == Reason.ReferenceNotFound || reason == Reason.ReferenceNotPermitted;
  }
}
