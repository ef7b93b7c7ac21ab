package ai.okchat.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The policy for a managed field that differs in the backend. */
public enum DriftPolicy {
  /** The operator corrects the drift. */
  @JsonProperty("Enforce")
  ENFORCE,
  /** The operator keeps the change and reports it in the condition DriftDetected. */
  @JsonProperty("Report")
  REPORT,
  /** The operator keeps the change and does not report it. */
  @JsonProperty("Ignore")
  IGNORE
}
