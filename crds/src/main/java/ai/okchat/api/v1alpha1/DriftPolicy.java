package ai.okchat.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What happens when a managed field was changed in the backend. */
public enum DriftPolicy {
  /** The managed value is put back. */
  @JsonProperty("Enforce")
  ENFORCE,
  /** The change stays, and the condition DriftDetected names it. */
  @JsonProperty("Report")
  REPORT,
  /** The change stays, and nothing is said. */
  @JsonProperty("Ignore")
  IGNORE
}
