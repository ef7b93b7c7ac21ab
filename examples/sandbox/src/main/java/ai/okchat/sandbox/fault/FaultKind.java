package ai.okchat.sandbox.fault;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The ways in which a call can go wrong. */
public enum FaultKind {
  /** Answers a status, and does nothing. */
  STATUS,
  /** Waits, then does and answers as usual. */
  DELAY,
  /** Closes the connection without an answer, and does nothing. */
  CUT_BEFORE,
  /** Does what was asked, then closes the connection without an answer. */
  CUT_AFTER,
  /** Answers 200 with a body that is not JSON, and does nothing. */
  GARBAGE,
  /** Answers a web page, and does nothing. */
  HTML,
  /** Answers as usual, with no items in the list; only for endpoints that answer one. */
  EMPTY_LIST,
  /** Does what was asked, then sends half of the answer and closes the connection. */
  TRUNCATE;

  /** For example {@code cut-before}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<FaultKind> named(String wireName) {
    return Arrays.stream(values()).filter(it -> it.wireName().equals(wireName)).findFirst();
  }
}
