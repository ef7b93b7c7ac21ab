package ai.okchat.operator.scheduling;

/** The priority of a request: interactive requests go before background requests. */
public enum RequestPriority {
  /** Interactive: a new object, a changed spec, a deletion. */
  INTERACTIVE,
  /** Background: polls, drift corrections, documents and the retrieval checks about them. */
  BACKGROUND
}
