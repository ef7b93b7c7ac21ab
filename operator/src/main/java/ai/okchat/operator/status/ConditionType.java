package ai.okchat.operator.status;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** The condition types of design.md section 4; their meaning is in {@code docs/reasons.md}. */
public enum ConditionType {
  DriftDetected,
  Paused,
  Ready,
  Reconciling,
  Retrievable,
  Stale,
  Stalled,
  Synced;

  private static final Set<String> NAMES =
      Arrays.stream(values()).map(ConditionType::name).collect(Collectors.toUnmodifiableSet());

  /** Returns whether this version has a condition type of this name. */
  public static boolean isKnown(String name) {
    return NAMES.contains(name);
  }
}
