package ai.okchat.operator.faults;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInfo;

/**
 * Faults that the tests of this run injected, and their counts. A test compares the records with
 * the page in the project's documentation.
 */
public final class FaultReport {

  private static final Pattern NAMING = Pattern.compile("((?:[TB]\\d+ )*[TB]\\d+): (.+)");
  private static final Map<Subject, Figures> RECORDED = new ConcurrentHashMap<>();
  private static final Map<Subject, Figures> LEFT = new ConcurrentHashMap<>();

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
   * Counts of one fault.
   *
   * @param runs how often the fault was injected
   * @param counted the counts as text
   */
  record Figures(int runs, String counted) {}

  /** Records the figures of the test that calls this; they must be the same in each good run. */
  public static void record(TestInfo test, int runs, String counted) {
    Subject.named(test.getDisplayName())
        .forEach(subject -> RECORDED.put(subject, new Figures(runs, counted)));
  }

  /** Records the remains at the end of a test, if the test records nothing itself. */
  static void recordLeft(String displayName, String counted) {
    Subject.named(displayName).forEach(subject -> LEFT.put(subject, new Figures(1, counted)));
  }

  /** Returns the records that tests of this run made themselves. */
  static Map<Subject, Figures> recorded() {
    return Map.copyOf(RECORDED);
  }

  /** All figures of this run. */
  static Map<Subject, Figures> counted() {
    var all = new HashMap<>(LEFT);
    all.putAll(RECORDED);
    return all;
  }
}
