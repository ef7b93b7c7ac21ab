package ai.okchat.cli;

import ai.okchat.client.OkChatException;

/** Adds what the user can do to a failure of the backend. */
final class BackendFailures {
  private BackendFailures() {}

  static String explain(OkChatException failure) {
    return failure.getMessage() + ". " + action(failure);
  }

  private static String action(OkChatException failure) {
    return switch (failure.kind()) {
      case CREDENTIALS_REJECTED ->
          "Write a valid API key to the Secret of the backend, or set OKCHAT_API_KEY.";
      case RATE_LIMITED ->
          "Try again%s."
              .formatted(
                  failure.retryAfter().map(wait -> " in " + Ages.of(wait)).orElse(" in a minute"));
      case UNAVAILABLE -> "Check the connection with: kubectl okchat doctor";
      case UNEXPECTED_RESPONSE -> "Check spec.url of the backend, and each proxy in between.";
      case NOT_FOUND -> "Check the ID, and the state with: kubectl okchat why";
      case QUOTA_EXCEEDED -> "Increase the quota of the account.";
      case REQUEST_REJECTED, CONFLICT, INVALID_CALL -> "Correct the arguments.";
    };
  }
}
