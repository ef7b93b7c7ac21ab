package ai.okchat.operator.faults;

import ai.okchat.operator.faults.FaultReport.Figures;
import ai.okchat.operator.faults.FaultReport.Subject;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;

/**
 * The page of the documentation with the faults: one line for each row and test. Its lines follow
 * from the display names of the tests, its figures from the run.
 */
final class FaultPage {

  static final Path FILE = Path.of("docs/faults.md");

  /** Says how to bring the page up to date. */
  static final String HOW =
      "the lines: mvn -pl operator -am test -Dtest=FaultPageTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Dfaults=write; the figures too: mvn verify"
          + " -Dfaults=write";

  private static final String HEAD =
      """
      # Faults

      What goes wrong with a backend, a process or a cluster, and what the tests counted when it was made to go wrong.
      Generated from the tests: `mvn verify -Dfaults=write` writes it anew. A test of the page fails when a row has
      neither test nor reason, or a test no line. Runs says how often the fault was injected in one run. Figures that a
      test records are compared with each run; what is left at the end of any other test ("Chatbots 1, bots 1") is
      counted when the page is written, and "asserted by the test" stands where no figure was written yet. A figure that
      varies from run to run is not here.

      More of the same, not compared with this page: `-Dit.test=KilledProcessIT -Dfaults.kills=1000` (and
      `-Dfaults.seed` to repeat a run), `-Dit.test=HerdIT -Dfaults.herd=5000`, `-Dtest=OwnershipPropertyTest
      -Downership.sequences=10000` (and `-Downership.seed` to repeat a run), `-Dit.test=NoisyNeighbourIT -Dnoise.seconds=30
      -Dnoise.together=3600`, whose table is in `target/noisy-neighbours.md`.

      1,000 kills were seen once, on 2026-11-25 (seed 4752234197536, the operator of commit 081ef18), in 47 minutes on two
      cores that were busy with other work. The operators that were killed made 2,713 creates, 1,538 updates and 4,202
      deletes of bots, and 2,698 uploads and 1,367 replacements of documents. At the end each Chatbot had its one bot, nothing
      else was in the account but the bot that was not ours, and each document was there once.

      | row | what goes wrong | what the test shows | runs | counted at the end |
      |---|---|---|---|---|
      """;

  private static final Figures NOT_COUNTED = new Figures(1, "asserted by the test");

  private FaultPage() {}

  static boolean isToBeWritten() {
    return "write".equals(System.getProperty("faults"));
  }

  /** The tests whose display names name rows. */
  static List<Subject> subjects() {
    return new ClassFileImporter()
        .importPackages("ai.okchat.operator").stream()
            .flatMap(type -> type.getMethods().stream())
            .flatMap(method -> method.tryGetAnnotationOfType(DisplayName.class).stream())
            .flatMap(name -> Subject.named(name.value()))
            .filter(it -> !it.modes().isEmpty())
            .distinct()
            .toList();
  }

  /** The whole page: these figures, and those of the page as it is for tests without. */
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

  /** Without those of tests for which the page claims no figures yet. */
  static Map<Subject, Figures> claimed(Map<Subject, Figures> figures) {
    var known = figuresOnPage();
    return figures.entrySet().stream()
        .filter(
            it ->
                it.getKey().modes().stream()
                    .map(mode -> known.get(start(mode, it.getKey().sentence())))
                    .noneMatch(cells(NOT_COUNTED)::equals))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static String line(
      FailureMode mode, String sentence, @Nullable Figures figures, Map<String, String> known) {
    var start = start(mode, sentence);
    return start
        + (figures == null ? known.getOrDefault(start, cells(NOT_COUNTED)) : cells(figures))
        + "\n";
  }

  private static String cells(Figures figures) {
    return " %d | %s |".formatted(figures.runs(), figures.counted());
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
