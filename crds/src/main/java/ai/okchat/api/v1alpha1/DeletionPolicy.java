package ai.okchat.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What becomes of the backend's side when an object is deleted. */
public enum DeletionPolicy {
  /** It is deleted too. */
  @JsonProperty("Delete")
  DELETE,
  /** It stays, and nobody manages it any more. */
  @JsonProperty("Orphan")
  ORPHAN
}
