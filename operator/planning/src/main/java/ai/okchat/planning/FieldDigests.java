package ai.okchat.planning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Encodes the digests of the managed fields of one bot, each of name and value, in one text. The
 * text has no digest of a removed or ignored field; the other digests still show an edit. Pure.
 */
final class FieldDigests {

  /** Number of hexadecimal digits of each field. */
  private static final int LENGTH = 12;

  private FieldDigests() {}

  /**
   * Returns the digests in alphabetical order, without a separator. An object has one digest for
   * each field.
   */
  static String of(ObjectNode fields) {
    var digests = new TreeSet<String>();
    collect("", fields, digests);
    return String.join("", digests);
  }

  /**
   * Returns whether each desired field was applied with its value.
   *
   * @param applied null if no field was applied
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
