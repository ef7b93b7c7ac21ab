package ai.okchat.operator.backend;

/** For whom a request is: what somebody waits for goes before what nobody does. */
public enum Lane {
  /** A new object, a changed spec, a deletion. */
  PEOPLE,
  /** Polls, corrections of drift, documents and the questions about them. */
  BACKGROUND
}
