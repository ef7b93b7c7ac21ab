package ai.okchat.sandbox.http;

import java.util.Map;

/** An error response with the body {@code {"error": message}}. */
public final class ApiError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient Map<String, String> headers;

  private ApiError(int status, String message, Map<String, String> headers) {
    super(message, null, false, false);
    this.status = status;
    this.headers = headers;
  }

  public static ApiError of(int status, String message) {
    return new ApiError(status, message, Map.of());
  }

  /** Returns 400 with the name of the field: {@code settings.model: must be text}. */
  public static ApiError badRequest(String field, String problem) {
    return of(400, field + ": " + problem);
  }

  public static ApiError notFound(String what) {
    return of(404, what + " not found");
  }

  public static ApiError tooManyRequests(long retryAfterSeconds) {
    return new ApiError(
        429, "Too many requests", Map.of("Retry-After", Long.toString(retryAfterSeconds)));
  }

  /** Returns 400 for a body that cannot be read completely, and closes the connection. */
  static ApiError brokenForm() {
    return new ApiError(
        400, "body: is not a complete form, or is too large", Map.of("Connection", "close"));
  }

  public int status() {
    return status;
  }

  public Map<String, String> headers() {
    return headers;
  }

  public String message() {
    return String.valueOf(getMessage());
  }
}
