package ai.okchat.api.v1alpha1;

import static ai.okchat.api.v1alpha1.Rules.OBJECT_NAME;
import static ai.okchat.api.v1alpha1.Rules.OBJECT_NAME_MESSAGE;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A reference to a backend object: one in the namespace of the bot, or a cluster-scoped one. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record BackendRef(
    @Default("ChatbotBackend")
        @JsonPropertyDescription(
            "Kind of the backend object: ChatbotBackend (in the namespace of this object) or"
                + " ClusterChatbotBackend. Default: ChatbotBackend.")
        Kind kind,
    @Required
        @Size(max = 253)
        @ValidationRule(value = OBJECT_NAME, message = OBJECT_NAME_MESSAGE)
        @JsonPropertyDescription("Name of the backend object.")
        String name) {

  /** The default for a Chatbot without {@code backendRef}. */
  public static final BackendRef DEFAULT = new BackendRef(Kind.CHATBOT_BACKEND, "default");

  /** The kinds of backend object, with their names in a manifest. */
  public enum Kind {
    /** A backend in the namespace of the bot. */
    @JsonProperty("ChatbotBackend")
    CHATBOT_BACKEND,
    /** A cluster-scoped backend, which must allow the namespace of the bot. */
    @JsonProperty("ClusterChatbotBackend")
    CLUSTER_CHATBOT_BACKEND
  }
}
