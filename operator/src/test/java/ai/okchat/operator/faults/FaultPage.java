package ai.okchat.operator.faults;

import ai.okchat.operator.faults.FaultReport.Figures;
import ai.okchat.operator.faults.FaultReport.Subject;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;

/**
 * The page of the documentation with the faults: one line for each row and test. Its lines follow
 * from the display names of the tests, its figures from the run.
 */
final class FaultPage {

  static final Path FILE = Path.of("docs/faults.md");

  /** Says how to bring the page up to date. */
  static final String HOW = "write it anew with: mvn verify -Dfaults=write";

  private static final String HEAD =
      """
      # Faults

      What goes wrong with a backend, a process or a cluster, and what the tests counted when it was made to go wrong.
      Generated from the test run, and compared with each: `mvn verify -Dfaults=write` writes it anew. Runs says how
      often the fault was injected in one run; a figure that varies from run to run is not here.

      | row | what goes wrong | what the test shows | runs | counted at the end |
      |---|---|---|---|---|
      """;

  private FaultPage() {}

  static boolean isToBeWritten() {
    return "write".equals(System.getProperty("faults"));
  }

  /** The tests whose display names name rows. */
  static List<Subject> subjects() {
    return new ClassFileImporter()
        .importPackages("ai.okchat.operator").stream()
            .flatMap(type -> type.getMethods().stream())
            .flatMap(FaultPage::named)
            .filter(it -> !it.modes().isEmpty())
            .distinct()
            .toList();
  }

  private static Stream<Subject> named(JavaMethod method) {
    var subjects =
        method.tryGetAnnotationOfType(DisplayName.class).map(DisplayName::value).stream()
            .flatMap(Subject::named)
            .toList();
    if (!method.getOwner().getName().endsWith("IT")) {
      subjects.forEach(FaultReport::recordUnitTest);
    }
    return subjects.stream();
  }

  /** The whole page: figures of this run, and those of the page as it is for tests that did not. */
  static String rendered(Map<Subject, Figures> figures) {
    var subjects = subjects();
    var known = figuresOnPage();
    var text = new StringBuilder(HEAD);
    for (var mode : FailureMode.values()) {
      mode.untestedBecause().ifPresent(it -> text.append(untested(mode, it)));
      subjects.stream()
          .filter(it -> it.modes().contains(mode))
          .sorted(Comparator.comparing(Subject::sentence))
          .forEach(it -> text.append(line(mode, it.sentence(), figures.get(it), known)));
    }
    return text.toString();
  }

  private static String line(
      FailureMode mode, String sentence, @Nullable Figures figures, Map<String, String> known) {
    var start = start(mode, sentence);
    return start
        + (figures == null
            ? known.getOrDefault(start, " not yet | not yet |")
            : " %d | %s |".formatted(figures.runs(), figures.counted()))
        + "\n";
  }

  private static String untested(FailureMode mode, String reason) {
    return "| %s | %s | no test here: %s | | |\n".formatted(mode, mode.words(), reason);
  }

  private static String start(FailureMode mode, String sentence) {
    return "| %s | %s | %s |".formatted(mode, mode.words(), sentence);
  }

  /** From the beginning of each line to its figures. */
  private static Map<String, String> figuresOnPage() {
    var known = new LinkedHashMap<String, String>();
    for (var line : read().lines().toList()) {
      var cells = line.split("\\|", -1);
      if (cells.length == 7) {
        known.put(
            "|%s|%s|%s|".formatted(cells[1], cells[2], cells[3]),
            "%s|%s|".formatted(cells[4], cells[5]));
      }
    }
    return known;
  }

  static String read() {
    try {
      return Files.exists(FILE) ? Files.readString(FILE) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void write(String text) {
    try {
      Files.writeString(FILE, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
