package ai.okchat.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The policy for an existing bot with the slug of a Chatbot. */
public enum Adoption {
  /** The operator manages only a bot that it created for this object. */
  @JsonProperty("Never")
  NEVER,
  /** The operator adopts an existing bot with the slug of the spec. */
  @JsonProperty("BySlug")
  BY_SLUG
}
