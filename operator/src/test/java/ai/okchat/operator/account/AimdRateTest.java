package ai.okchat.operator.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** T23: a rate that a 429 response halves and that grows again. */
class AimdRateTest {
  private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

  @Test
  void startsAtTheRateOfTheSpec() {
    // Then
    assertThat(AimdRate.full(10, START).at(START)).isEqualTo(10);
  }

  @Test
  void growsLinearlyToTheRejectedRateAfterThePause() {
    // Given
    var resumes = START.plusSeconds(7);

    // When
    var rate = AimdRate.full(12, START).halved(12, START, resumes);

    // Then
    assertThat(rate.at(START)).isEqualTo(6);
    assertThat(rate.at(resumes)).isEqualTo(6);
    assertThat(rate.at(resumes.plusSeconds(15))).isEqualTo(9);
    assertThat(rate.at(resumes.plusSeconds(30))).isEqualTo(12);
    assertThat(rate.at(resumes.plusSeconds(3600))).isEqualTo(12);
  }

  @Test
  void halvesTheSentRateNotTheRateOfTheSpec() {
    // When
    var rate = AimdRate.full(1000, START).halved(16, START, START);

    // Then
    assertThat(rate.at(START)).isEqualTo(8);
    assertThat(rate.at(START.plusSeconds(15))).isEqualTo(12);
  }

  @Test
  void growsToTheCeilingWithoutAnotherRejection() {
    // When
    var rate = AimdRate.full(1000, START).halved(16, START, START);

    // Then
    assertThat(rate.at(START.plusSeconds(30))).isEqualTo(16);
    assertThat(rate.at(START.plusSeconds(45))).isEqualTo(508);
    assertThat(rate.at(START.plusSeconds(60))).isEqualTo(1000);
  }

  @Test
  void sendsAtLeastOneRequestEveryTenSeconds() {
    // When
    var rate = AimdRate.full(1000, START).halved(0.1, START, START);

    // Then
    assertThat(rate.at(START)).isEqualTo(0.1);
  }

  @Test
  void keepsLearntRateWhenTheCeilingChanges() {
    // Given
    var learned = AimdRate.full(16, START).halved(16, START, START);

    // When
    var raised = learned.under(100, START);
    var lowered = learned.under(4, START);
    var never = AimdRate.full(16, START).under(100, START);

    // Then
    assertThat(raised.at(START)).isEqualTo(8);
    assertThat(lowered.at(START)).isEqualTo(4);
    assertThat(never.at(START)).isEqualTo(100);
  }

  @Property
  void staysBetweenFloorAndCeilingAndDropsOnlyOnRejection(
      @ForAll @DoubleRange(min = 0.01, max = 1000) double ceiling,
      @ForAll @DoubleRange(min = 0, max = 1000) double sent,
      @ForAll("gaps") @Size(max = 50) List<Duration> gaps) {
    var rate = AimdRate.full(ceiling, START);
    var now = START;
    for (var gap : gaps) {
      var before = rate.at(now);
      now = now.plus(gap);
      assertThat(rate.at(now)).isGreaterThanOrEqualTo(before);
      rate = rate.halved(sent, now, now);
      assertThat(rate.at(now)).isBetween(Math.min(ceiling, AimdRate.FLOOR), ceiling);
    }
    assertThat(rate.at(now.plus(AimdRate.RECOVERY))).isEqualTo(ceiling);
  }

  @Provide
  Arbitrary<List<Duration>> gaps() {
    return Arbitraries.longs().between(0, 120_000).map(Duration::ofMillis).list();
  }
}
