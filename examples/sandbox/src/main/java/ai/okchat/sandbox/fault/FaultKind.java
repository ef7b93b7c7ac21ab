package ai.okchat.sandbox.fault;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kinds of faults. */
public enum FaultKind {
  /** Responds with a status, without processing the request. */
  STATUS,
  /** Waits, then processes the request and responds as usual. */
  DELAY,
  /** Closes the connection without a response, without processing the request. */
  CUT_BEFORE,
  /** Processes the request, then closes the connection without a response. */
  CUT_AFTER,
  /** Responds 200 with a body that is not JSON, without processing the request. */
  GARBAGE,
  /** Responds with a web page, without processing the request. */
  HTML,
  /** Responds as usual, with no items in the list; only for endpoints that return a list. */
  EMPTY_LIST,
  /** Processes the request, then sends half of the response and closes the connection. */
  TRUNCATE;

  /** Returns for example {@code cut-before}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<FaultKind> named(String wireName) {
    return Arrays.stream(values()).filter(kind -> kind.wireName().equals(wireName)).findFirst();
  }
}
