package ai.okchat.cli;

import ai.okchat.client.Message;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The arguments of the commands that read one conversation: the Chatbot and the session. */
final class ConversationArguments {
  @Mixin private ChatbotArgument chatbot = new ChatbotArgument();

  @Parameters(
      index = "1",
      paramLabel = "SESSION",
      description = "the conversation, from: kubectl okchat conversations")
  private String session = "";

  String chatbot() {
    return chatbot.name();
  }

  String session() {
    return session;
  }

  /** Lists all messages of the conversation, the oldest first. */
  List<Message> messages(OkChatPlugin plugin) {
    return new ConversationReader(chatbot.open(plugin)).messages(session);
  }
}
