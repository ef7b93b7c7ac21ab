package ai.okchat.operator.faults;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInfo;

/**
 * Faults that the tests of this run injected, and their counts. Each record is compared with the
 * page in the project's documentation at once, because several JVMs run the tests.
 */
public final class FaultReport {

  private static final Pattern NAMING = Pattern.compile("((?:[TB]\\d+ )*[TB]\\d+): (.+)");
  private static final Set<Subject> RECORDED = ConcurrentHashMap.newKeySet();

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

  /** Records the figures of the test that calls this; they must be those of the page. */
  public static void record(TestInfo test, int runs, String counted) {
    Subject.named(test.getDisplayName())
        .forEach(
            subject -> {
              RECORDED.add(subject);
              var figures = new Figures(runs, counted);
              if (FaultPage.isToBeWritten()) {
                FaultPage.write(subject, figures);
              } else {
                FaultPage.requireClaimed(subject, figures);
              }
            });
  }

  /** Records the remains at the end of a test, if the test records nothing itself. */
  static void recordLeft(String displayName, String counted) {
    Subject.named(displayName)
        .filter(subject -> FaultPage.isToBeWritten() && !RECORDED.contains(subject))
        .forEach(subject -> FaultPage.write(subject, new Figures(1, counted)));
  }
}
