package ai.okchat.planning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Dotted names of backend fields, such as {@code settings.greeting}. */
public final class FieldPath {

  private FieldPath() {}

  static String join(String parent, String child) {
    return parent.isEmpty() ? child : parent + "." + child;
  }

  /** Returns a copy without these fields; the path of an object removes all of it. */
  public static ObjectNode without(ObjectNode fields, List<String> paths) {
    var copy = fields.deepCopy();
    paths.forEach(path -> remove(copy, path));
    return copy;
  }

  private static void remove(ObjectNode from, String path) {
    var dot = path.indexOf('.');
    if (dot < 0) {
      from.remove(path);
    } else if (from.get(path.substring(0, dot)) instanceof ObjectNode child) {
      remove(child, path.substring(dot + 1));
    }
  }
}
