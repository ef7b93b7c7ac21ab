package ai.okchat.operator.config;

import java.util.List;

/** Reports all invalid flags and environment variables, one per line. */
public final class InvalidConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidConfigException(List<String> errors) {
    super(String.join(System.lineSeparator(), errors));
  }
}
