package ai.okchat.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a document is on its way into the backend. */
public enum DocumentState {
  /** The backend lists it as it is in the source. */
  @JsonProperty("Accepted")
  ACCEPTED,
  /** It is to be sent, or was sent and is not listed yet. */
  @JsonProperty("Pending")
  PENDING,
  /** It can not be ingested until it changes. */
  @JsonProperty("Failed")
  FAILED
}
