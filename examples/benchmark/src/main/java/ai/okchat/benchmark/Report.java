package ai.okchat.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** Collects the figures of a run, in the order of their measurement. */
final class Report {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Consumer<String> progress;
  private final List<Figure> figures = new ArrayList<>();

  /**
   * @param progress receives each figure at once, since a run takes minutes
   */
  Report(Consumer<String> progress) {
    this.progress = progress;
  }

  void add(Figure figure) {
    figures.add(figure);
    progress.accept(
        "  %s, %s: %s%s"
            .formatted(figure.workload(), figure.measure(), figure.value(), beside(figure)));
  }

  void say(String what) {
    progress.accept(what);
  }

  boolean reachesAll() {
    return figures.stream().noneMatch(figure -> Boolean.FALSE.equals(figure.reached()));
  }

  /** Returns the figures as a Markdown table. */
  String table() {
    var lines = new ArrayList<String>();
    lines.add("| workload | measure | operator | peer | ratio | to reach | reached |");
    lines.add("|---|---|---|---|---|---|---|");
    for (var figure : figures) {
      lines.add(
          "| %s | %s | %s | %s | %s | %s | %s |"
              .formatted(
                  figure.workload(),
                  figure.measure(),
                  figure.value(),
                  Objects.requireNonNullElse(figure.peer(), ""),
                  figure.ratio() == null ? "" : "%.2f".formatted(figure.ratio()),
                  Objects.requireNonNullElse(figure.mark(), ""),
                  figure.reached() == null ? "" : figure.reached() ? "yes" : "no"));
    }
    return String.join("\n", lines);
  }

  /** Writes the figures and the properties of the machine as JSON. */
  void writeJson(Path file) {
    var machine =
        Map.of(
            "processors", Runtime.getRuntime().availableProcessors(),
            "java", Runtime.version().toString(),
            "system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    try {
      JSON.writeValue(file.toFile(), Map.of("machine", machine, "figures", figures));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private static String beside(Figure figure) {
    return figure.peer() == null ? "" : " (" + figure.peer() + ")";
  }
}
