package ai.okchat.cli;

import java.util.Locale;

/** The values of {@code -o}. */
enum OutputFormat {
  TABLE,
  WIDE,
  JSON,
  YAML,
  NAME;

  boolean isTree() {
    return this == JSON || this == YAML;
  }

  /** As a user types it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
