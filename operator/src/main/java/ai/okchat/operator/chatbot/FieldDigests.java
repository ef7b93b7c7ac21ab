package ai.okchat.operator.chatbot;

import ai.okchat.operator.status.Digest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Digests of the managed fields of one bot, each of its name and value, in one text. A field that
 * is removed from the spec or ignored is missing in it, so the rest still shows what was edited.
 * Pure.
 */
final class FieldDigests {

  /** Hexadecimal digits for each field. */
  private static final int LENGTH = 12;

  private FieldDigests() {}

  /** The digests in alphabetical order, without a separator. Objects count by their fields. */
  static String of(ObjectNode fields) {
    var digests = new TreeSet<String>();
    collect("", fields, digests);
    return String.join("", digests);
  }

  /**
   * Whether each desired field was applied with its value.
   *
   * @param applied null if none was
   */
  static boolean areApplied(String desired, @Nullable String applied) {
    return applied != null && split(applied).containsAll(split(desired));
  }

  private static void collect(String path, JsonNode value, Set<String> into) {
    if (value instanceof ObjectNode object) {
      object
          .properties()
          .forEach(field -> collect(FieldPath.join(path, field.getKey()), field.getValue(), into));
    } else {
      var digest = Digest.of(path + "=" + value);
      into.add(digest.substring(digest.length() - LENGTH));
    }
  }

  private static Set<String> split(String digests) {
    var all = new TreeSet<String>();
    for (var at = 0; at < digests.length(); at += LENGTH) {
      all.add(digests.substring(at, Math.min(at + LENGTH, digests.length())));
    }
    return all;
  }
}
