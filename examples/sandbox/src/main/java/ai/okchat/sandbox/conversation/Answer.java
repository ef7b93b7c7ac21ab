package ai.okchat.sandbox.conversation;

import ai.okchat.sandbox.knowledge.Hit;
import java.util.List;
import java.util.stream.Collectors;

/** The answer of a bot, and the passages that it is based on. */
public record Answer(String text, List<Hit> hits) {
  /** Quotes the best passage; without a passage, the answer says so. */
  static Answer quoting(List<Hit> hits) {
    return new Answer(
        hits.isEmpty() ? "I found nothing about that in my documents." : quote(hits), hits);
  }

  Answer withNote(String note) {
    return new Answer(text + "\n\n" + note, hits);
  }

  private static String quote(List<Hit> hits) {
    var best = hits.getFirst().passage();
    var quoted = "According to \"%s\":\n\n%s".formatted(best.title(), indented(best.text()));
    var others =
        hits.stream()
            .map(hit -> hit.passage().title())
            .filter(title -> !title.equals(best.title()))
            .distinct()
            .map(title -> '"' + title + '"')
            .collect(Collectors.joining(", "));
    return others.isEmpty() ? quoted : quoted + "\n\nSee also " + others + ".";
  }

  private static String indented(String text) {
    return text.lines()
        .map(line -> ("> " + line).stripTrailing())
        .collect(Collectors.joining("\n"));
  }
}
