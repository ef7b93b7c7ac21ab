package ai.okchat.operator.faults;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.faults.FaultReport.Figures;
import ai.okchat.operator.faults.FaultReport.Subject;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;

/**
 * The page of the documentation with the faults: one line for each row and test. Its lines follow
 * from the display names of the tests, its figures from the run.
 */
final class FaultPage {

  static final Path FILE = Path.of("docs/faults.md");

  private static final Path LOCK = Path.of("target/faults.lock");

  /** Names the command that updates the page. */
  static final String HOW =
      "the lines: mvn -pl operator -am test -Dtest=FaultPageTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Dfaults=write; the figures too: mvn verify"
          + " -Dfaults=write";

  private static final String HEAD =
      """
      # Faults

      This page lists the faults that the tests inject into a backend, a process or a cluster, and the figures that the tests count at
      the end. Each failure mode has a test or a reason why no test exists; otherwise the build fails. `T` modes are known from other
      operators or were found in reviews, `B` modes follow from the API of the backend.

      The page is generated: `.ci/regenerate` writes its lines, and `mvn -B verify -Dfaults=write` also the figures.

      * *runs*: how often one run of the tests injects the fault.
      * *counted at the end*: if the test records figures, each run compares them with the page. Otherwise the figures ("Chatbots 1,
        bots 1") are those of the run that wrote the page. "asserted by the test" means that the page has no figure. Figures that vary
        are omitted.

      Add these options to the command for one test ([development.md](development.md#build-and-test)) to inject more faults:

      | options | effect |
      |---|---|
      | `-Dit.test=KilledProcessIT -Dfaults.kills=1000` | kills the operator 1,000 times; `-Dfaults.seed` repeats a run |
      | `-Dit.test=HerdIT -Dfaults.herd=5000` | uses 5,000 Chatbots |
      | `-Dtest=OwnershipPropertyTest -Downership.sequences=10000` | tries 10,000 sequences; `-Downership.seed` repeats a run |
      | `-Dit.test=NoisyNeighbourIT -Dnoise.seconds=30 -Dnoise.together=3600` | applies hostile inputs longer, and writes `operator/target/noisy-neighbours.md` |

      On 2026-11-25, one run killed the operator 1,000 times (seed 4752234197536, commit 081ef18) in 47 minutes on two busy cores. The
      killed operators created 2,713, updated 1,538 and deleted 4,202 bots, and uploaded 2,698 and replaced 1,367 documents. At the end,
      each Chatbot had exactly one bot, the account had no other bot except the one of another owner, and each document existed once.

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
            .importPaths(
                Path.of("target/test-classes"),
                Path.of("client/target/test-classes"),
                Path.of("planning/target/test-classes"))
            .stream()
            .flatMap(type -> type.getMethods().stream())
            .flatMap(method -> method.tryGetAnnotationOfType(DisplayName.class).stream())
            .flatMap(name -> Subject.named(name.value()))
            .filter(subject -> !subject.modes().isEmpty())
            .distinct()
            .toList();
  }

  /** The whole page: these figures, and those of the page as it is for tests without. */
  static String rendered(Map<Subject, Figures> figures) {
    var subjects = subjects();
    var known = figuresOnPage();
    var text = new StringBuilder(HEAD);
    for (var mode : FailureMode.values()) {
      mode.untestedBecause().ifPresent(reason -> text.append(untested(mode, reason)));
      subjects.stream()
          .filter(subject -> subject.modes().contains(mode))
          .sorted(Comparator.comparing(Subject::sentence))
          .forEach(
              subject -> text.append(line(mode, subject.sentence(), figures.get(subject), known)));
    }
    return text.toString();
  }

  /** Requires that the page claims these figures, or has none of the test yet. */
  static void requireClaimed(Subject subject, Figures figures) {
    var known = figuresOnPage();
    assertThat(
            subject.modes().stream()
                .map(mode -> known.getOrDefault(start(mode, subject.sentence()), ""))
                .filter(cells -> !cells.equals(cells(NOT_COUNTED))))
        .as("%s; %s".formatted(subject.sentence(), HOW))
        .allMatch(cells(figures)::equals);
  }

  /** Writes the figures of one test. Another JVM may write those of another test. */
  static synchronized void write(Subject subject, Figures figures) {
    try (var file = FileChannel.open(LOCK, CREATE, WRITE);
        var _ = file.lock()) {
      write(rendered(Map.of(subject, figures)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
    return "| %s | %s | no test here: %s | | |\n".formatted(mode, mode.description(), reason);
  }

  private static String start(FailureMode mode, String sentence) {
    return "| %s | %s | %s |".formatted(mode, mode.description(), sentence);
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
