package ai.okchat.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The policy for the bot or the documents in the backend when an object is deleted. */
public enum DeletionPolicy {
  /** The operator deletes them too. */
  @JsonProperty("Delete")
  DELETE,
  /** The operator keeps them in the backend and stops managing them. */
  @JsonProperty("Orphan")
  ORPHAN
}
