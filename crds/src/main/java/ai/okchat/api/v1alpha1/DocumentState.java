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
  /** The document cannot be ingested until it changes. */
  @JsonProperty("Failed")
  FAILED,
  /** The file is no document by the rules of the source, which is not a failure. */
  @JsonProperty("Skipped")
  SKIPPED
}
