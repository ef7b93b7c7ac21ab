package ai.okchat.operator.chatbot;

import static ai.okchat.operator.chatbot.Manifest.json;
import static ai.okchat.operator.chatbot.Manifest.spec;

import ai.okchat.api.v1alpha1.BackendRef.Kind;
import ai.okchat.api.v1alpha1.RecordedBackend;
import ai.okchat.client.Bot;
import ai.okchat.client.Upload;
import ai.okchat.planning.AvatarSource;
import ai.okchat.planning.DesiredBot;
import ai.okchat.planning.ResolvedInputs;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** Bots as a backend shows them, and what specs ask of them. */
final class ObservedBot {
  static final String ID = "bot-1";
  static final String ORGANIZATION = "org-1";
  static final RecordedBackend ORIGIN =
      new RecordedBackend(Kind.CHATBOT_BACKEND, "default", "backend-uid", "sha256:url");

  private ObservedBot() {}

  /** A bot with these fields and an identity. */
  static Bot bot(String fields) {
    return bot(json(fields));
  }

  static Bot bot(ObjectNode fields) {
    var all = fields.deepCopy().put("id", ID).put("slug", "support");
    return new Bot(ID, "support", ORGANIZATION, all.put("organization_id", ORGANIZATION));
  }

  /** A bot as the backend has it after a write of all these fields. */
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
