package ai.okchat.sandbox.chatbot;

import ai.okchat.sandbox.store.Chatbots;
import java.util.function.Consumer;

/** Deletes bots with all that hangs on them, on disk and in memory. */
public final class ChatbotRemoval {
  private final Chatbots chatbots;
  private final Consumer<String> forget;

  /**
   * @param forget drops what is kept in memory for the bot of that id
   */
  public ChatbotRemoval(Chatbots chatbots, Consumer<String> forget) {
    this.chatbots = chatbots;
    this.forget = forget;
  }

  /** Refuses with 404 when there is no such bot. */
  public void delete(String id) {
    if (!chatbots.delete(id)) {
      throw OwnedChatbots.notFound();
    }
    forget.accept(id);
  }
}
