package ai.okchat.client;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;

/**
 * Translates every broken connection and unusable response into an exception; no other class does.
 */
final class TransportErrors {
  private TransportErrors() {}

  /**
   * @param sent true if any byte of the request may have reached the backend
   * @param timeout the request timeout
   */
  static OkChatException broken(ApiCall call, boolean sent, Duration timeout, IOException fault) {
    var failure =
        switch (fault) {
          case UnreadableUploadException e ->
              call.failure(FailureKind.INVALID_CALL).because(e.message());
          case UnusableResponseException e ->
              unexpected(call, "the response " + e.message()).unknownShape(e.isUnknownShape());
          case StreamConstraintsException e ->
              unexpected(call, "the response " + Json.ABOVE_A_LIMIT);
          case JacksonException e -> unexpected(call, "the response is not complete JSON");
          default -> call.failure(FailureKind.UNAVAILABLE).because(transport(fault, timeout));
        };
    return failure.mayHaveBeenApplied(call.writes() && sent).build();
  }

  private static OkChatException.Builder unexpected(ApiCall call, String message) {
    return call.failure(FailureKind.UNEXPECTED_RESPONSE).because(message);
  }

  private static String transport(IOException fault, Duration timeout) {
    return switch (fault) {
      case UnknownHostException e -> "the name of the host cannot be resolved";
      case ConnectException e -> "the connection was refused";
      case NoRouteToHostException e -> "the connection was refused";
      case SSLException e -> "the TLS connection could not be trusted";
      case InterruptedIOException e ->
          Thread.currentThread().isInterrupted()
              ? "it was interrupted"
              : "the response was not complete within " + text(timeout);
      default -> "the connection was cut before the response was complete";
    };
  }

  private static String text(Duration timeout) {
    return timeout.toMillis() % 1000 == 0 ? timeout.toSeconds() + " s" : timeout.toMillis() + " ms";
  }
}
