package ai.okchat.operator.okchat;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;

/** The one place where a call that broke off, or gave an answer nobody can use, is named. */
final class BrokenCalls {
  private BrokenCalls() {}

  /**
   * @param sent whether any byte of the request may have reached the backend
   * @param timeout the time that the call had
   */
  static OkChatException broken(ApiCall call, boolean sent, Duration timeout, IOException fault) {
    var failure =
        switch (fault) {
          case UnreadableUploadException e ->
              call.failure(FailureKind.INVALID_CALL).because(e.words());
          case UnusableAnswerException e ->
              unexpected(call, "the answer " + e.words()).unknownShape(e.isUnknownShape());
          case StreamConstraintsException e -> unexpected(call, "the answer " + Json.ABOVE_A_LIMIT);
          case JacksonException e -> unexpected(call, "the answer is not whole JSON");
          default -> call.failure(FailureKind.UNAVAILABLE).because(transport(fault, timeout));
        };
    return failure.mayHaveBeenApplied(call.writes() && sent).build();
  }

  private static OkChatException.Builder unexpected(ApiCall call, String words) {
    return call.failure(FailureKind.UNEXPECTED_ANSWER).because(words);
  }

  private static String transport(IOException fault, Duration timeout) {
    return switch (fault) {
      case UnknownHostException e -> "the name of the host can not be resolved";
      case ConnectException e -> "no connection could be made";
      case NoRouteToHostException e -> "no connection could be made";
      case SSLException e -> "no trusted TLS connection could be made";
      case InterruptedIOException e ->
          Thread.currentThread().isInterrupted()
              ? "it was interrupted"
              : "there was no whole answer within " + words(timeout);
      default -> "the connection broke before the answer was whole";
    };
  }

  private static String words(Duration timeout) {
    return timeout.toMillis() % 1000 == 0 ? timeout.toSeconds() + " s" : timeout.toMillis() + " ms";
  }
}
