package ai.okchat.operator.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.scheduling.NamespaceQuota.Limit;
import org.junit.jupiter.api.Test;

class NamespaceQuotaTest {

  private final NamespaceQuota quota = new NamespaceQuota(10);

  @Test
  void limitsOneNamespaceToHalf() {
    // When, Then
    assertThat(quota.take("one", 5)).isEqualTo(Limit.NONE);
    assertThat(quota.take("one", 1)).isEqualTo(Limit.OF_NAMESPACE);
    assertThat(quota.take("other", 5)).isEqualTo(Limit.NONE);
  }

  @Test
  void limitsAllNamespacesTogether() {
    // Given
    quota.take("one", 5);
    quota.take("other", 4);

    // When, Then
    assertThat(quota.take("third", 2)).isEqualTo(Limit.OF_ALL);
    assertThat(quota.take("third", 1)).isEqualTo(Limit.NONE);
  }

  @Test
  void takesNothingAboveALimit() {
    // Given
    quota.take("one", 6);

    // When, Then
    assertThat(quota.take("one", 5)).isEqualTo(Limit.NONE);
  }

  @Test
  void givesBack() {
    // Given
    quota.take("one", 5);

    // When
    quota.change("one", -5);

    // Then
    assertThat(quota.take("one", 5)).isEqualTo(Limit.NONE);
  }
}
