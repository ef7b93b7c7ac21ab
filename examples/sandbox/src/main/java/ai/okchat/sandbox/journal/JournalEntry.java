package ai.okchat.sandbox.journal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One request.
 *
 * @param status of the response, even if the client did not get it; 0 if the connection was cut
 *     before the request was processed
 * @param body of a small JSON request, unchanged
 */
@SuppressWarnings("ArrayRecordComponent") // Kept, never compared.
public record JournalEntry(
    Instant at, Target target, int status, Caller caller, byte @Nullable [] body) {

  /** The target of the request; the endpoint is null if the path is not one of the API. */
  public record Target(
      @Nullable String endpoint, String method, String path, @Nullable String query) {}

  /** The organization, the bot, the size of the request, and its fault. */
  public record Caller(
      @Nullable String organization,
      @Nullable String chatbotId,
      long requestBytes,
      @Nullable String fault) {}
}
