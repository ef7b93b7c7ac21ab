package ai.okchat.operator.config;

import java.util.List;

/** All that is wrong with flags and environment, a line each. */
public final class InvalidConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidConfigException(List<String> wrong) {
    super(String.join(System.lineSeparator(), wrong));
  }
}
