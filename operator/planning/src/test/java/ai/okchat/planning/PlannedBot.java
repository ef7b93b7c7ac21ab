package ai.okchat.planning;

import ai.okchat.api.v1alpha1.ChatbotSpec;
import ai.okchat.client.Bot;
import ai.okchat.client.Upload;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Specs with their defaults, and bots as a backend shows them. */
final class PlannedBot {
  static final String ID = "bot-1";

  // Reads JSON as the client reads responses: numbers keep their digits.
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private static final String DEFAULTS =
      """
      {"name": "Support", "prompt": "Be brief.", "driftPolicy": "Enforce", "adoption": "Never",
       "deletionPolicy": "Delete", "suspend": false}
      """;

  private PlannedBot() {}

  /** The spec as the API server returns it; name and prompt may be omitted. */
  static ChatbotSpec spec(String yaml) {
    ObjectNode spec = json(DEFAULTS);
    var written = yaml.isBlank() ? Map.of() : Serialization.unmarshal("---\n" + yaml, Map.class);
    if (written.containsKey("promptFrom")) {
      spec.remove("prompt");
    }
    spec.setAll(JSON.<ObjectNode>valueToTree(written));
    try {
      return JSON.treeToValue(spec, ChatbotSpec.class);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ObjectNode json(String text) {
    try {
      return (ObjectNode) JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Bot bot(String fields) {
    return bot(json(fields));
  }

  static Bot bot(ObjectNode fields) {
    var all = fields.deepCopy().put("id", ID).put("slug", "support");
    return new Bot(ID, "support", "org-1", all.put("organization_id", "org-1"));
  }

  /** The bot as the backend has it after a write of all these fields. */
  static Bot matching(DesiredBot desired) {
    return bot(desired.comparable());
  }

  static DesiredBot desired(String yaml) {
    return desired(yaml, Optional.empty());
  }

  static DesiredBot desired(String yaml, Optional<AvatarSource> avatar) {
    var spec = spec(yaml);
    var prompt = spec.prompt() == null ? "" : spec.prompt();
    return DesiredBot.of(spec, new ResolvedInputs(prompt, avatar));
  }

  static Optional<AvatarSource> avatar(String digest) {
    return Optional.of(
        new AvatarSource(digest, digest, () -> Upload.of("a.png", "image/png", new byte[] {1})));
  }

  static List<String> none() {
    return List.of();
  }
}
