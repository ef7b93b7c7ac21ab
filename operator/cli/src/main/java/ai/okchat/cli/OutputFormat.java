package ai.okchat.cli;

import java.util.Locale;

/** The values of {@code -o}. */
enum OutputFormat {
  TABLE,
  WIDE,
  JSON,
  YAML,
  NAME,
  /** Tables for an issue or a chat; other output is that of {@link #TABLE}. */
  MARKDOWN;

  boolean isTree() {
    return this == JSON || this == YAML;
  }

  /** As a user types it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
