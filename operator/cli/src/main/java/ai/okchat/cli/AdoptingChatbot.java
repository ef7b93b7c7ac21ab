package ai.okchat.cli;

import ai.okchat.client.Bot;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Writes the manifest of a Chatbot that adopts an existing bot without changing it. A required
 * field that the bot does not have gets a replacement that the operator never sends.
 */
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
    spec.put("slug", bot.slug());
    spec.put("adoption", "BySlug");
    var ignored = JsonText.object().putArray("ignoreFields");
    spec.put("name", orReplacement(fields, "name", name, ignored));
    spec.put("prompt", orReplacement(fields, "settings.prompt", "You answer questions.", ignored));
    if (!ignored.isEmpty()) {
      spec.set("ignoreFields", ignored);
    }
    if (!backend.equals("default")) {
      spec.putObject("backendRef").put("kind", Kind.CHATBOT_BACKEND.title()).put("name", backend);
    }
    return manifest;
  }

  private static String orReplacement(
      ObjectNode fields, String path, String replacement, ArrayNode ignored) {
    var text = fields.at("/" + path.replace('.', '/')).asText("");
    if (!ImportedField.isBlank(text) && !ImportedField.isUnstable(text)) {
      return text;
    }
    ignored.add(path);
    return replacement;
  }
}
