package ai.okchat.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The explanation of the state of one object.
 *
 * @param events of all links, the latest first
 * @param notes other facts, one line each
 */
record WhyReport(Chain chain, List<KubeObject> events, List<String> notes) {
  private static final int MOST_EVENTS = 5;
  private static final int LONGEST_MESSAGE = 400;
  private static final int LONGEST_EVENT = 160;

  WhyReport {
    events = List.copyOf(events);
    notes = List.copyOf(notes);
  }

  boolean isHealthy() {
    return chain.firstBroken().isEmpty();
  }

  /** Returns what the user can do about the first broken link; empty if there is none. */
  Optional<String> action() {
    var broken = chain.firstBroken();
    if (broken.isEmpty()) {
      return Optional.empty();
    }
    var reason = chain.links().get(broken.getAsInt()).ready().reason();
    if (reason.isEmpty()) {
      return Optional.of(
          "The operator has not written a status yet. Check that it runs: kubectl okchat doctor");
    }
    return Optional.of(
        ReasonTable.action(reason)
            .orElse(
                "The reason %s is not one of this version. Update the plugin."
                    .formatted(VisibleText.bounded(reason, 60))));
  }

  List<String> lines(Printer printer, Instant now) {
    var lines = new ArrayList<String>();
    var broken = chain.firstBroken().orElse(-1);
    var width = chain.links().stream().mapToInt(WhyReport::width).max().orElse(0);
    for (var at = 0; at < chain.links().size(); at++) {
      addLink(lines, printer, now, chain.links().get(at), at == broken, width);
    }
    if (!events.isEmpty()) {
      lines.add("");
      lines.add("Events:");
      events.stream().limit(MOST_EVENTS).forEach(event -> lines.add(eventLine(event, now)));
    }
    if (!notes.isEmpty()) {
      lines.add("");
      notes.forEach(note -> lines.add(VisibleText.line(note)));
    }
    lines.add("");
    lines.add(
        action()
            .map(action -> printer.colored(Printer.Color.BOLD, "Do this:") + " " + action)
            .orElse("Everything is Ready."));
    return lines;
  }

  private static int width(Chain.Link link) {
    return branch(link).length() + VisibleText.line(link.title()).length();
  }

  private static String branch(Chain.Link link) {
    return link.depth() == 0 ? "" : "   ".repeat(link.depth() - 1) + "└─ ";
  }

  private static void addLink(
      List<String> lines,
      Printer printer,
      Instant now,
      Chain.Link link,
      boolean broken,
      int width) {
    var ready = link.ready();
    var title = branch(link) + VisibleText.line(link.title());
    var line =
        new StringBuilder(title)
            .append(" ".repeat(width - title.length() + 3))
            .append(printer.colored(color(link), "%-10s".formatted(state(link))))
            .append("%-22s".formatted(ready.isTrue() ? "" : VisibleText.line(ready.reason())))
            .append(Ages.since(ready.since(), now));
    if (broken) {
      line.append("   <- first broken link");
    }
    lines.add(line.toString().stripTrailing());
    if (!ready.isTrue() && !ready.message().isEmpty()) {
      lines.add(
          "   ".repeat(link.depth() + 1) + VisibleText.bounded(ready.message(), LONGEST_MESSAGE));
    }
  }

  private static String state(Chain.Link link) {
    if (!link.unreadable().isEmpty()) {
      return "?";
    }
    if (link.isPaused()) {
      return "Paused";
    }
    return link.ready().isTrue() ? "Ready" : VisibleText.bounded(link.ready().status(), 8);
  }

  private static Printer.Color color(Chain.Link link) {
    if (!link.isBroken()) {
      return link.ready().isTrue() ? Printer.Color.GREEN : Printer.Color.YELLOW;
    }
    return link.ready().status().equals("False") ? Printer.Color.RED : Printer.Color.YELLOW;
  }

  private static String eventLine(KubeObject event, Instant now) {
    return "  %-5s %-8s %-18s %s: %s"
        .formatted(
            Ages.since(event.text("lastTimestamp"), now),
            VisibleText.bounded(event.text("type"), 8),
            VisibleText.bounded(event.text("reason"), 30),
            VisibleText.bounded(
                event.text("involvedObject", "kind") + "/" + event.text("involvedObject", "name"),
                120),
            VisibleText.bounded(event.text("message"), LONGEST_EVENT));
  }

  ObjectNode tree() {
    var tree = JsonText.object().put("ready", isHealthy());
    chain.firstBroken().ifPresent(at -> tree.put("firstBroken", chain.links().get(at).title()));
    action().ifPresent(action -> tree.put("action", action));
    var links = tree.putArray("chain");
    for (var link : chain.links()) {
      var ready = link.ready();
      links
          .addObject()
          .put("kind", link.type().kind())
          .put("name", link.name())
          .put("exists", link.object() != null)
          .put("paused", link.isPaused())
          .put("ready", ready.status())
          .put("reason", ready.reason())
          .put("message", ready.message())
          .put("since", ready.since());
    }
    var written = tree.putArray("events");
    events.stream()
        .limit(MOST_EVENTS)
        .forEach(
            event ->
                written
                    .addObject()
                    .put("time", event.text("lastTimestamp"))
                    .put("type", event.text("type"))
                    .put("reason", event.text("reason"))
                    .put("kind", event.text("involvedObject", "kind"))
                    .put("name", event.text("involvedObject", "name"))
                    .put("message", event.text("message")));
    notes.forEach(note -> tree.withArray("notes").add(Objects.requireNonNull(note)));
    return tree;
  }
}
