package ai.okchat.planning;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.DriftPolicy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DriftActionTest {

  @ParameterizedTest
  @CsvSource({
    "true,  false, ENFORCE, WRITE",
    "true,  false, REPORT,  WRITE",
    "true,  false, IGNORE,  WRITE",
    "true,  true,  ENFORCE, WRITE",
    "true,  true,  REPORT,  REPORT",
    "true,  true,  IGNORE,  WRITE",
    "false, false, ENFORCE, WRITE",
    "false, false, REPORT,  REPORT",
    "false, false, IGNORE,  IGNORE",
    "false, true,  REPORT,  REPORT"
  })
  void decidesByEditAdoptionAndPolicy(
      boolean isEdited, boolean isAdopted, DriftPolicy policy, DriftAction expected) {
    assertThat(DriftAction.of(isEdited, isAdopted, policy)).isEqualTo(expected);
  }
}
