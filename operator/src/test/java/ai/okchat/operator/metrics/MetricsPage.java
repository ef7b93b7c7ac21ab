package ai.okchat.operator.metrics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The tables of {@code docs/metrics.md}. */
public final class MetricsPage {

  private static final Path PAGE = Path.of("docs/metrics.md");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([a-z0-9_]+)` \\| (\\w+) \\|([^|]*)\\| (.+) \\|$");
  private static final Pattern LABEL = Pattern.compile("`(\\w+)`");

  /** The only metric that is off by default. */
  static final Row CONVERSATIONS =
      new Row("okchat_conversations_total", "counter", Set.of("bot", "channel"));

  private MetricsPage() {}

  /** One metric. */
  public record Row(String name, String type, Set<String> labels) {

    public Row {
      labels = Set.copyOf(labels);
    }

    @Override
    public String toString() {
      return name + " " + type + " " + new TreeSet<>(labels);
    }
  }

  /** All rows, in the order of the page. */
  public static List<Row> rows() {
    try {
      return ROW.matcher(Files.readString(PAGE))
          .results()
          .map(match -> new Row(match.group(1), match.group(2), labels(match.group(3))))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** In alphabetical order, one a line: what differs is easy to see. */
  public static String listed(Collection<Row> rows) {
    return rows.stream().map(Row::toString).sorted().collect(Collectors.joining("\n"));
  }

  private static Set<String> labels(String cell) {
    return LABEL.matcher(cell).results().map(match -> match.group(1)).collect(Collectors.toSet());
  }
}
