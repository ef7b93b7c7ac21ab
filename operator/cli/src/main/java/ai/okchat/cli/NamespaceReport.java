package ai.okchat.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/** The objects that are not Ready, grouped by their cause: kind and reason. */
record NamespaceReport(int total, List<Group> groups) {
  private static final int MOST_NAMES = 5;
  private static final int LONGEST_MESSAGE = 300;

  /** The objects of one kind with the same reason. */
  record Group(String kind, String reason, List<KubeObject> objects) {
    Group {
      objects = List.copyOf(objects);
    }

    String action() {
      return ReasonTable.action(reason).orElse("");
    }
  }

  NamespaceReport {
    groups = List.copyOf(groups);
  }

  /** Groups the objects, which are in the order of the kinds; a cause comes before its effects. */
  static NamespaceReport of(List<KubeObject> objects) {
    var groups = new LinkedHashMap<String, List<KubeObject>>();
    for (var object : objects) {
      if (!object.ready().isTrue() && !object.isPaused()) {
        groups
            .computeIfAbsent(
                object.type().kind() + " " + object.ready().reason(), key -> new ArrayList<>())
            .add(object);
      }
    }
    return new NamespaceReport(
        objects.size(),
        groups.values().stream()
            .map(
                group ->
                    new Group(
                        group.getFirst().type().kind(),
                        group.getFirst().ready().reason(),
                        group.stream()
                            .sorted(
                                Comparator.comparing(KubeObject::namespace)
                                    .thenComparing(KubeObject::name))
                            .toList()))
            .toList());
  }

  boolean isHealthy() {
    return groups.isEmpty();
  }

  List<String> lines(Printer printer, boolean withNamespaces) {
    if (isHealthy()) {
      return List.of("All %d objects are Ready or paused.".formatted(total));
    }
    var lines = new ArrayList<String>();
    for (var group : groups) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      lines.add(
          "%s  %d %s"
              .formatted(
                  printer.colored(
                      Printer.Color.RED,
                      group.reason().isEmpty()
                          ? "no status yet"
                          : VisibleText.bounded(group.reason(), 60)),
                  group.objects().size(),
                  group.kind() + (group.objects().size() == 1 ? "" : "s")));
      lines.add("   " + names(group, withNamespaces));
      lines.add(
          "   "
              + VisibleText.bounded(group.objects().getFirst().ready().message(), LONGEST_MESSAGE));
      if (!group.action().isEmpty()) {
        lines.add("   " + printer.colored(Printer.Color.BOLD, "Do this:") + " " + group.action());
      }
    }
    return lines.stream().map(String::stripTrailing).filter(NamespaceReport::isWanted).toList();
  }

  /** Returns one row for each cause. */
  TextTable table(boolean withNamespaces) {
    var table = new TextTable("CAUSE", "KIND", "COUNT", "OBJECTS", "MESSAGE", "DO THIS");
    groups.forEach(
        group ->
            table.row(
                List.of(
                    group.reason(),
                    group.kind(),
                    Integer.toString(group.objects().size()),
                    names(group, withNamespaces),
                    VisibleText.bounded(
                        group.objects().getFirst().ready().message(), LONGEST_MESSAGE),
                    group.action())));
    return table;
  }

  private static boolean isWanted(String line) {
    return line.isEmpty() || !line.isBlank();
  }

  private static String names(Group group, boolean withNamespaces) {
    var names =
        group.objects().stream()
            .limit(MOST_NAMES)
            .map(object -> (withNamespaces ? object.namespace() + "/" : "") + object.name())
            .collect(Collectors.joining(", "));
    var others = group.objects().size() - MOST_NAMES;
    return VisibleText.line(names) + (others > 0 ? " and %d more".formatted(others) : "");
  }

  ObjectNode tree() {
    var tree = JsonText.object().put("ready", isHealthy()).put("total", total);
    var causes = tree.putArray("causes");
    for (var group : groups) {
      var cause =
          causes
              .addObject()
              .put("kind", group.kind())
              .put("reason", group.reason())
              .put("count", group.objects().size())
              .put("message", group.objects().getFirst().ready().message())
              .put("action", group.action());
      var objects = cause.putArray("objects");
      group
          .objects()
          .forEach(
              object ->
                  objects
                      .addObject()
                      .put("namespace", object.namespace())
                      .put("name", object.name()));
    }
    return tree;
  }
}
