package ai.okchat.planning;

import ai.okchat.api.v1alpha1.Drift;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Formats differences for users: long texts and prompts only as digest and length. */
public final class DriftFormatter {

  private static final int READABLE = 64;
  private static final String PROMPT = "settings.prompt";

  private DriftFormatter() {}

  public static List<Drift> of(List<Difference> differences) {
    return differences.stream()
        .map(
            difference ->
                new Drift(
                    difference.path(),
                    text(difference.path(), difference.desired()),
                    text(difference.path(), difference.observed())))
        .toList();
  }

  private static @Nullable String text(String path, @Nullable JsonNode value) {
    if (value == null || value.isNull()) {
      return null;
    }
    var listed = Difference.longText(value);
    if (listed != null) {
      return summary(listed.digest(), listed.length());
    }
    var text = value.isTextual() ? value.textValue() : value.toString();
    return PROMPT.equals(path) || text.length() > READABLE
        ? summary(Digest.of(text), text.length())
        : text;
  }

  private static String summary(String digest, int length) {
    return "%s (%d characters)".formatted(Digest.brief(digest), length);
  }
}
