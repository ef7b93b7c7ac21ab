package ai.okchat.operator.status;

/** The condition types of design.md section 4; their meaning is in {@code docs/reasons.md}. */
public enum ConditionType {
  DriftDetected,
  Ingested,
  Paused,
  Ready,
  Reconciling,
  ResolvedRefs,
  Retrievable,
  Stale,
  Stalled,
  Synced
}
