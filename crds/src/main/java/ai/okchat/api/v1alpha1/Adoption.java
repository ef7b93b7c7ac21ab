package ai.okchat.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether a bot that already exists may become that of an object. */
public enum Adoption {
  /** Only a bot that this object made is its own. */
  @JsonProperty("Never")
  NEVER,
  /** An existing bot with the slug of the spec is taken over. */
  @JsonProperty("BySlug")
  BY_SLUG
}
