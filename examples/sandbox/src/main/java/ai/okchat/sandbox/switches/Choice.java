package ai.okchat.sandbox.switches;

import java.util.Locale;

/** A value of a switch that has a few named values. */
interface Choice {
  String name();

  /** Returns the name in options and JSON, for example {@code bare-array}. */
  default String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
