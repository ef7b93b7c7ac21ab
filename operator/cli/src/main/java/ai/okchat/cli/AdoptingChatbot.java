package ai.okchat.cli;

import ai.okchat.client.Bot;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Writes the manifest of a Chatbot that adopts an existing bot without changing it. */
final class AdoptingChatbot {
  private AdoptingChatbot() {}

  /**
   * @param backend name of the ChatbotBackend
   */
  static ObjectNode of(String name, String backend, Bot bot) {
    var manifest =
        JsonText.object().put("apiVersion", Kind.GROUP + "/" + Kind.VERSION).put("kind", "Chatbot");
    manifest.putObject("metadata").put("name", name);
    var spec = manifest.putObject("spec");
    var fields = bot.fields();
    spec.put("name", fields.path("name").asText(name));
    spec.put("slug", bot.slug());
    spec.put("adoption", "BySlug");
    var prompt = fields.path("settings").path("prompt").asText("");
    spec.put("prompt", prompt.isBlank() ? "You answer questions." : prompt);
    if (!backend.equals("default")) {
      spec.putObject("backendRef").put("kind", Kind.CHATBOT_BACKEND.title()).put("name", backend);
    }
    return manifest;
  }
}
