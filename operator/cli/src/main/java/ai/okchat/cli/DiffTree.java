package ai.okchat.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/** Writes differences as JSON. A long text is an array of changed lines in {@code diff}. */
final class DiffTree {
  private DiffTree() {}

  static JsonNode of(List<ObjectDiff> diffs, int failed) {
    var tree = JsonText.object();
    tree.put("different", diffs.stream().anyMatch(ObjectDiff::isDifferent));
    tree.put("requests", diffs.stream().mapToInt(ObjectDiff::requests).sum());
    tree.put("failed", failed);
    var objects = tree.putArray("objects");
    diffs.forEach(diff -> write(diff, objects.addObject()));
    return tree;
  }

  private static void write(ObjectDiff diff, ObjectNode into) {
    into.put("object", diff.title());
    into.put("action", diff.action().name().toLowerCase(Locale.ROOT));
    into.put("requests", diff.requests());
    var fields = into.putArray("fields");
    for (var change : diff.fields()) {
      var field = fields.addObject().put("field", change.path());
      if (change.isLong()) {
        var lines = field.putArray("diff");
        change.lines().forEach(lines::add);
      } else {
        field.set("before", change.before());
        field.set("after", change.after());
      }
    }
    var documents = into.putArray("documents");
    diff.documents()
        .forEach(
            document ->
                documents
                    .addObject()
                    .put("document", document.name())
                    .put("change", document.verb()));
    var notes = into.putArray("notes");
    diff.notes().forEach(notes::add);
  }
}
