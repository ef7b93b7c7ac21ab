package ai.okchat.operator.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** No failure mode without a test that names it, or a written reason. */
final class FaultPageTest {

  @Test
  void everyFailureModeHasATestOrAReason() {
    // When
    var tested =
        FaultPage.subjects().stream().flatMap(subject -> subject.modes().stream()).toList();

    // Then
    assertThat(FailureMode.values())
        .allMatch(mode -> tested.contains(mode) || mode.untestedBecause().isPresent());
  }

  @Test
  void noTestedFailureModeHasAReason() {
    // When
    var tested =
        FaultPage.subjects().stream().flatMap(subject -> subject.modes().stream()).toList();

    // Then
    assertThat(
            Arrays.stream(FailureMode.values()).filter(mode -> mode.untestedBecause().isPresent()))
        .doesNotContainAnyElementsOf(tested);
  }

  @Test
  void pageHasALineForEachFailureMode() {
    // Given
    var rendered = FaultPage.rendered(Map.of());

    // When
    if (FaultPage.isToBeWritten()) {
      FaultPage.write(rendered);
    }

    // Then
    assertThat(FaultPage.read()).as(FaultPage.HOW).isEqualTo(rendered);
  }

  @Test
  void figuresThatDifferFromThePageFailTheTest() {
    // Given
    var others = new FaultReport.Figures(-1, "Chatbots -1");

    // When
    var rejected =
        FaultPage.subjects().stream()
            .filter(
                subject ->
                    catchThrowable(() -> FaultPage.requireClaimed(subject, others))
                        instanceof AssertionError)
            .count();

    // Then
    assertThat(rejected).isGreaterThan(20);
  }
}
