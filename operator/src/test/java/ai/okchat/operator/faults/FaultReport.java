package ai.okchat.operator.faults;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInfo;

/**
 * What the tests of this run injected and counted. Only figures that are the same in each good run:
 * the report is compared with the page in the project's documentation.
 */
public final class FaultReport {

  private static final Pattern NAMING = Pattern.compile("((?:[TB]\\d+ )*[TB]\\d+): (.+)");
  private static final Map<Subject, Figures> FIGURES = new ConcurrentHashMap<>();

  private FaultReport() {}

  /**
   * A test by its display name.
   *
   * @param sentence what it shows
   */
  record Subject(List<FailureMode> modes, String sentence) {

    /** Empty where the display name names no row. */
    static Stream<Subject> named(String displayName) {
      var matcher = NAMING.matcher(displayName);
      return matcher.matches()
          ? Stream.of(new Subject(modes(matcher.group(1)), matcher.group(2)))
          : Stream.empty();
    }

    /** Rows of other parts of the operator are not this page's. */
    private static List<FailureMode> modes(String names) {
      return Arrays.stream(FailureMode.values())
          .filter(mode -> List.of(names.split(" ")).contains(mode.name()))
          .toList();
    }
  }

  /**
   * What was counted.
   *
   * @param runs how often the fault was injected
   * @param counted in words
   */
  record Figures(int runs, String counted) {}

  /** Records the figures of the test that calls this; they replace what is counted by default. */
  public static void record(TestInfo test, int runs, String counted) {
    Subject.named(test.getDisplayName()).forEach(it -> FIGURES.put(it, new Figures(runs, counted)));
  }

  static void recordDefault(String displayName, String counted) {
    Subject.named(displayName).forEach(it -> FIGURES.putIfAbsent(it, new Figures(1, counted)));
  }

  /** Its run is another one than that of the tests against a cluster. */
  static void recordUnitTest(Subject subject) {
    FIGURES.put(subject, new Figures(1, "asserted by a unit test"));
  }

  static Map<Subject, Figures> figures() {
    return Map.copyOf(FIGURES);
  }
}
