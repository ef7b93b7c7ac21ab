package ai.okchat.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The state of the ingestion of a document. */
public enum DocumentState {
  /** The backend lists the document with the content of the source. */
  @JsonProperty("Accepted")
  ACCEPTED,
  /** The document awaits its upload, or the backend does not list it yet. */
  @JsonProperty("Pending")
  PENDING,
  /** The backend cannot ingest the document until it changes. */
  @JsonProperty("Failed")
  FAILED
}
