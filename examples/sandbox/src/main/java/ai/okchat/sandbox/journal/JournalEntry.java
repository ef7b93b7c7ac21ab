package ai.okchat.sandbox.journal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One call.
 *
 * @param status as decided, whether or not it reached the caller; 0 when the connection was cut
 *     before there was one
 * @param body of a small JSON request, as it came
 */
@SuppressWarnings("ArrayRecordComponent") // Kept, never compared.
public record JournalEntry(
    Instant at, Target target, int status, Caller caller, byte @Nullable [] body) {

  /** What was called; the endpoint is absent where the path is none of the API's. */
  public record Target(
      @Nullable String endpoint, String method, String path, @Nullable String query) {}

  /** Who called, about which bot, how much was sent, and what was done to the call. */
  public record Caller(
      @Nullable String organization,
      @Nullable String chatbotId,
      long requestBytes,
      @Nullable String fault) {}
}
