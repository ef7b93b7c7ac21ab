package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.ChatbotSpec;
import ai.okchat.api.v1alpha1.ChatbotStatus;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a KnowledgeSource needs to know of a Chatbot: neither prompt nor conditions are kept. */
final class SlimChatbot {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final Set<String> OF_SPEC = Set.of("backendRef", "name");
  private static final Set<String> OF_STATUS = Set.of("id", "organizationId");

  private SlimChatbot() {}

  /** Takes all else out of an object that nobody else holds. */
  static Chatbot of(Chatbot full) {
    var metadata = full.getMetadata();
    full.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(metadata.getNamespace())
            .withName(metadata.getName())
            .withUid(metadata.getUid())
            .withResourceVersion(metadata.getResourceVersion())
            .withDeletionTimestamp(metadata.getDeletionTimestamp())
            .build());
    full.setSpec(retained(full.getSpec(), ChatbotSpec.class, OF_SPEC));
    if (full.getStatus() != null) {
      full.setStatus(retained(full.getStatus(), ChatbotStatus.class, OF_STATUS));
    }
    return full;
  }

  /** Whether documents would go elsewhere, or could go somewhere again. */
  static boolean isNews(Chatbot now, Chatbot before) {
    return !Objects.equals(id(now), id(before))
        || now.isMarkedForDeletion() != before.isMarkedForDeletion()
        || !Objects.equals(now.getSpec().backendRef(), before.getSpec().backendRef());
  }

  private static @Nullable String id(Chatbot chatbot) {
    return chatbot.getStatus() == null ? null : chatbot.getStatus().id();
  }

  private static <T> T retained(T value, Class<T> type, Set<String> fields) {
    ObjectNode json = MAPPER.valueToTree(value);
    return MAPPER.convertValue(json.retain(fields), type);
  }
}
