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

/** All figures of a run, in the order in which they were measured. */
final class Report {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Consumer<String> progress;
  private final List<Figure> figures = new ArrayList<>();

  /**
   * @param progress is told each figure at once, since a run takes minutes
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
    return figures.stream().noneMatch(it -> Boolean.FALSE.equals(it.reached()));
  }

  /** As Markdown, so that it can stand in a document as it is. */
  String table() {
    var lines = new ArrayList<String>();
    lines.add("| workload | measure | operator | bare client | ratio | to reach | reached |");
    lines.add("|---|---|---|---|---|---|---|");
    for (var it : figures) {
      lines.add(
          "| %s | %s | %s | %s | %s | %s | %s |"
              .formatted(
                  it.workload(),
                  it.measure(),
                  it.value(),
                  Objects.requireNonNullElse(it.raw(), ""),
                  it.ratio() == null ? "" : "%.2f".formatted(it.ratio()),
                  Objects.requireNonNullElse(it.mark(), ""),
                  it.reached() == null ? "" : it.reached() ? "yes" : "no"));
    }
    return String.join("\n", lines);
  }

  /** The same for programs, with what the machine is. */
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
    return figure.raw() == null ? "" : " (bare client: " + figure.raw() + ")";
  }
}
