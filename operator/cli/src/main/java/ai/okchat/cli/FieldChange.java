package ai.okchat.cli;

import ai.okchat.planning.Difference;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One field of a bot, before and after.
 *
 * @param path with the names of the API
 * @param before null if the backend has no value
 * @param after null if the operator removes it
 */
record FieldChange(String path, @Nullable JsonNode before, @Nullable JsonNode after) {
  private static final int LONGEST_ON_ONE_LINE = 80;

  static List<FieldChange> of(List<Difference> differences) {
    return differences.stream()
        .map(
            difference ->
                new FieldChange(difference.path(), difference.observed(), difference.desired()))
        .toList();
  }

  /** Returns whether a value is shown as changed lines, because it does not fit on one. */
  boolean isLong() {
    return isLong(text(before)) || isLong(text(after));
  }

  private static boolean isLong(@Nullable String text) {
    return text != null && (text.length() > LONGEST_ON_ONE_LINE || text.strip().contains("\n"));
  }

  @Nullable String textBefore() {
    return text(before);
  }

  @Nullable String textAfter() {
    return text(after);
  }

  /** Returns the changed lines, bounded and visible. */
  List<String> lines() {
    return TextDiff.lines(
        before == null ? "" : String.valueOf(text(before)),
        after == null ? "" : String.valueOf(text(after)));
  }

  private static @Nullable String text(@Nullable JsonNode value) {
    if (value == null || value.isNull()) {
      return null;
    }
    return value.isTextual() ? value.textValue() : value.toString();
  }
}
