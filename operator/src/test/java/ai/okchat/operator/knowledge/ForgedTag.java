package ai.okchat.operator.knowledge;

import ai.okchat.planning.document.SourceTag;
import java.util.HashMap;
import java.util.List;

/** Names of KnowledgeSources that lead to one tag in the titles of their documents. */
final class ForgedTag {

  private ForgedTag() {}

  /** Finds two names; a tag has 24 bits, so some thousand names have two with the same. */
  static List<String> twoNames(String namespace) {
    var byTag = new HashMap<SourceTag, String>();
    for (var number = 0; ; number++) {
      var name = "docs-" + number;
      var other = byTag.putIfAbsent(SourceTag.of(namespace, name), name);
      if (other != null) {
        return List.of(other, name);
      }
    }
  }
}
