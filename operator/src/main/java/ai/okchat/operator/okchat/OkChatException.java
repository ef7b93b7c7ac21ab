package ai.okchat.operator.okchat;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A call that gave no answer. It names what was tried, on what, and why it failed, in words that
 * are the same for the same failure. It has no cause: those of HTTP and JSON libraries quote
 * bodies.
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

  /** What was tried, e.g. {@code create chatbot}. */
  public String action() {
    return action;
  }

  /** Host, and the id or slug that the call was about; never the key. */
  public String target() {
    return target;
  }

  public FailureKind kind() {
    return kind;
  }

  /** The HTTP status, if there was an answer. */
  public OptionalInt status() {
    return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
  }

  /** How long a 429 or 503 asked to wait: never negative, at most an hour. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /**
   * False only where it is certain that the backend changed nothing: the call only reads, it was
   * never sent, or a JSON 4xx refused it.
   */
  public boolean mayHaveBeenApplied() {
    return mayHaveBeenApplied;
  }

  /** True for a success whose JSON is whole but of a shape that this version does not know. */
  public boolean unknownShape() {
    return unknownShape;
  }

  /**
   * True where the failure concerns only what the call was about, one document or a list that could
   * not be read: it says nothing about other calls of the account.
   */
  public boolean isConfined() {
    return confined;
  }

  /**
   * The backend's own words: at most 300 characters, without the key and what we sent; or empty.
   */
  public String detail() {
    return detail;
  }

  /** Collects what is known of a failure. */
  public static final class Builder {
    private final FailureKind kind;
    private final String action;
    private final String target;
    private String what = "it failed";
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

    /** What went wrong, to follow "but": stable words without anything from a body. */
    public Builder because(String words) {
      what = words;
      return this;
    }

    /** The backend's words, bounded and redacted already. */
    public Builder detail(String words) {
      detail = words;
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
      var sentence = "Tried to " + action + " at " + target + " but " + what;
      return detail.isEmpty() ? sentence : sentence + ": " + detail;
    }
  }
}
