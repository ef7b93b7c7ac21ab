package ai.okchat.client;

import java.io.IOException;

/** A successful response whose body is not the one that the endpoint is known to return. */
final class UnusableResponseException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String message;
  private final boolean isUnknownShape;

  private UnusableResponseException(String message, boolean isUnknownShape) {
    super(message);
    this.message = message;
    this.isUnknownShape = isUnknownShape;
  }

  /**
   * Complete JSON of another shape.
   *
   * @param message completes the sentence "the response …", e.g. {@code has no "chatbots" array};
   *     without values of the response
   */
  static UnusableResponseException shape(String message) {
    return new UnusableResponseException(message, true);
  }

  /**
   * A response that exceeds a limit.
   *
   * @param message completes the sentence "the response …", and names the limit
   */
  static UnusableResponseException aboveLimit(String message) {
    return new UnusableResponseException(message, false);
  }

  /** A body that is not one complete JSON value: an HTML page, or a truncated response. */
  static UnusableResponseException notJson(String message) {
    return new UnusableResponseException(message, false);
  }

  String message() {
    return message;
  }

  boolean isUnknownShape() {
    return isUnknownShape;
  }
}
