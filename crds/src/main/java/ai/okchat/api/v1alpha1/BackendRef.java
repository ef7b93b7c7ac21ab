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

/** The backend of a bot: one of the bot's own namespace, or a cluster scoped one. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record BackendRef(
    @Default("ChatbotBackend")
        @JsonPropertyDescription(
            "ChatbotBackend, in the namespace of this object, or ClusterChatbotBackend.")
        Kind kind,
    @Required
        @Size(max = 253)
        @ValidationRule(value = OBJECT_NAME, message = OBJECT_NAME_MESSAGE)
        @JsonPropertyDescription("Name of the backend object.")
        String name) {

  /** What a bot uses whose spec names no backend. */
  public static final BackendRef DEFAULT = new BackendRef(Kind.CHATBOT_BACKEND, "default");

  /** The kinds of backend, by their names in a manifest. */
  public enum Kind {
    /** A backend of the bot's namespace. */
    @JsonProperty("ChatbotBackend")
    CHATBOT_BACKEND,
    /** A backend of the cluster, which has to allow the bot's namespace. */
    @JsonProperty("ClusterChatbotBackend")
    CLUSTER_CHATBOT_BACKEND
  }
}
