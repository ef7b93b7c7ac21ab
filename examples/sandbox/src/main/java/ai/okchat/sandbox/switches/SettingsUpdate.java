package ai.okchat.sandbox.switches;

/** The way in which Update Chatbot changes {@code settings}. */
public enum SettingsUpdate implements Choice {
  /** Observed behaviour: removes the fields that the body omits, also the avatar (Q8). */
  REPLACE,
  MERGE
}
