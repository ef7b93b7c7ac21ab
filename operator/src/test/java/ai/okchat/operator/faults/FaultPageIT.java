package ai.okchat.operator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * Runs after all others: what they recorded is what the page says. Lines of tests that did not run
 * stay as they are.
 */
@Order(Integer.MAX_VALUE)
final class FaultPageIT {

  @Test
  void pageHasTheFiguresOfThisRun() {
    // Given
    if (FaultPage.isToBeWritten()) {
      FaultPage.write(FaultPage.rendered(FaultReport.counted()));
    }

    // When
    var rendered = FaultPage.rendered(FaultPage.claimed(FaultReport.recorded()));

    // Then
    assertThat(FaultPage.read()).as(FaultPage.HOW).isEqualTo(rendered);
  }
}
