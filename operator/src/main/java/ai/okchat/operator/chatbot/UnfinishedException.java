package ai.okchat.operator.chatbot;

import ai.okchat.operator.okchat.Bot;

/** A pass that failed after its bot was found or made: the bot must not be lost with it. */
final class UnfinishedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Bot bot;
  private final RuntimeException failure;

  UnfinishedException(Bot bot, RuntimeException failure) {
    super(failure.getMessage());
    this.bot = bot;
    this.failure = failure;
  }

  Bot bot() {
    return bot;
  }

  RuntimeException failure() {
    return failure;
  }
}
