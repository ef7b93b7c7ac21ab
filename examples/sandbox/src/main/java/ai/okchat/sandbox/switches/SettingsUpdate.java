package ai.okchat.sandbox.switches;

/** What Update Chatbot does with {@code settings}. */
public enum SettingsUpdate implements Choice {
  /** As observed: what the body leaves out is gone, the avatar too (Q8). */
  REPLACE,
  MERGE
}
