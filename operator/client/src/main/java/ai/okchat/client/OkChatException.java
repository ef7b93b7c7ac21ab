package ai.okchat.client;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A request that failed. The message names the action, the target and the cause, and is the same
 * for the same failure. It has no cause: those of HTTP and JSON libraries quote bodies.
 */
public final class OkChatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String action;
  private final String target;
  private final FailureKind kind;
  private final int status;
  private final @Nullable Duration retryAfter;
  private final boolean mayHaveBeenApplied;
  private final boolean unknownShape;
  private final boolean confined;
  private final String detail;

  private OkChatException(Builder failure) {
    super(failure.message());
    action = failure.action;
    target = failure.target;
    kind = failure.kind;
    status = failure.status;
    retryAfter = failure.retryAfter;
    mayHaveBeenApplied = failure.mayHaveBeenApplied;
    unknownShape = failure.unknownShape;
    confined = failure.confined;
    detail = failure.detail;
  }

  /** Starts a failure that has no status, no detail, and may have been applied. */
  public static Builder failure(FailureKind kind, String action, String target) {
    return new Builder(kind, action, target);
  }

  /** The action that failed, e.g. {@code create chatbot}. */
  public String action() {
    return action;
  }

  /** The host, and the ID or slug of the subject; never the API key. */
  public String target() {
    return target;
  }

  public FailureKind kind() {
    return kind;
  }

  /** The HTTP status; empty without a response. */
  public OptionalInt status() {
    return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
  }

  /** The wait that a 429 or 503 requires: never negative, at most an hour. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /**
   * Returns false only if the backend certainly changed nothing: the request only reads, it was
   * never sent, or a JSON 4xx rejected it.
   */
  public boolean mayHaveBeenApplied() {
    return mayHaveBeenApplied;
  }

  /**
   * Returns true for a success whose JSON is complete but of a shape that this version does not
   * know.
   */
  public boolean unknownShape() {
    return unknownShape;
  }

  /**
   * Returns true if the failure concerns only the subject of the request, such as one document or
   * an unreadable list, and no other request of the account.
   */
  public boolean isConfined() {
    return confined;
  }

  /**
   * The message of the backend, at most 300 characters, without the API key and the texts that were
   * sent; or empty.
   */
  public String detail() {
    return detail;
  }

  /** Collects the details of a failure. */
  public static final class Builder {
    private final FailureKind kind;
    private final String action;
    private final String target;
    private String problem = "it failed";
    private String detail = "";
    private int status;
    private @Nullable Duration retryAfter;
    private boolean mayHaveBeenApplied = true;
    private boolean unknownShape;
    private boolean confined;

    private Builder(FailureKind kind, String action, String target) {
      this.kind = kind;
      this.action = action;
      this.target = target;
    }

    /**
     * Sets the cause, which completes the sentence "Tried to … but": stable, without texts of a
     * body.
     */
    public Builder because(String reason) {
      problem = reason;
      return this;
    }

    /** Sets the message of the backend, already bounded and redacted. */
    public Builder detail(String text) {
      detail = text;
      return this;
    }

    public Builder status(int code) {
      status = code;
      return this;
    }

    public Builder retryAfter(Optional<Duration> wait) {
      retryAfter = wait.orElse(null);
      return this;
    }

    public Builder mayHaveBeenApplied(boolean uncertain) {
      mayHaveBeenApplied = uncertain;
      return this;
    }

    public Builder unknownShape(boolean unknown) {
      unknownShape = unknown;
      return this;
    }

    public Builder confined(boolean toItsSubject) {
      confined = toItsSubject;
      return this;
    }

    public OkChatException build() {
      return new OkChatException(this);
    }

    private String message() {
      var sentence = "Tried to " + action + " at " + target + " but " + problem;
      return detail.isEmpty() ? sentence : sentence + ": " + detail;
    }
  }
}
