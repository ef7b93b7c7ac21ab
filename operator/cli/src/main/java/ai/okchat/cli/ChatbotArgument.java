package ai.okchat.cli;

import picocli.CommandLine.Parameters;

/** The first argument of the commands that talk to a bot. */
final class ChatbotArgument {
  @Parameters(index = "0", paramLabel = "NAME", description = "the Chatbot")
  private String name = "";

  String name() {
    return ObjectName.parse(name, Kind.CHATBOT);
  }

  /** Opens the bot in the backend. */
  BackendAccess.OpenBot open(OkChatPlugin plugin) {
    return new BackendAccess(plugin.cluster(), plugin.streams()).open(plugin.namespace(), name());
  }
}
