package ai.okchat.sandbox.chatbot;

import ai.okchat.sandbox.store.Chatbots;
import java.util.function.Consumer;

/** Deletes bots with all their data, on disk and in memory. */
public final class ChatbotRemoval {
  private final Chatbots chatbots;
  private final Consumer<String> forget;

  /**
   * @param forget removes the in-memory data of the bot with that ID
   */
  public ChatbotRemoval(Chatbots chatbots, Consumer<String> forget) {
    this.chatbots = chatbots;
    this.forget = forget;
  }

  /** Deletes the bot, or throws 404 if it does not exist. */
  public void delete(String id) {
    if (!chatbots.delete(id)) {
      throw OwnedChatbots.notFound();
    }
    forget.accept(id);
  }
}
