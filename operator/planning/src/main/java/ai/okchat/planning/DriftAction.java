package ai.okchat.planning;

import ai.okchat.api.v1alpha1.DriftPolicy;

/** The action of the operator for fields that differ. */
public enum DriftAction {
  /** The operator writes the fields. */
  WRITE,
  /** The operator reports the fields in the status, and writes nothing. */
  REPORT,
  /** The operator neither writes nor reports the fields. */
  IGNORE;

  /**
   * Decides by the policy. An edit is written whatever the policy is, except to a bot that the
   * object adopts and only observes.
   *
   * @param isEdited whether the spec has values that were not applied yet
   * @param isAdopted whether the object adopts the bot just now
   */
  public static DriftAction of(boolean isEdited, boolean isAdopted, DriftPolicy policy) {
    if (isEdited) {
      return isAdopted && policy == DriftPolicy.REPORT ? REPORT : WRITE;
    }
    return switch (policy) {
      case ENFORCE -> WRITE;
      case REPORT -> REPORT;
      case IGNORE -> IGNORE;
    };
  }
}
