package ai.okchat.operator.backend;

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

/** T23: a rate that is halved by a refusal and grows back. */
class AdaptiveRateTest {
  private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

  @Test
  void it_begins_with_what_the_spec_allows() {
    // Then
    assertThat(AdaptiveRate.full(10, START).at(START)).isEqualTo(10);
  }

  @Test
  void it_grows_back_evenly_to_what_was_refused_from_the_end_of_the_pause() {
    // Given
    var resumes = START.plusSeconds(7);

    // When
    var rate = AdaptiveRate.full(12, START).halved(12, START, resumes);

    // Then
    assertThat(rate.at(START)).isEqualTo(6);
    assertThat(rate.at(resumes)).isEqualTo(6);
    assertThat(rate.at(resumes.plusSeconds(15))).isEqualTo(9);
    assertThat(rate.at(resumes.plusSeconds(30))).isEqualTo(12);
    assertThat(rate.at(resumes.plusSeconds(3600))).isEqualTo(12);
  }

  @Test
  void what_was_sent_is_halved_and_not_what_the_spec_allows() {
    // When
    var rate = AdaptiveRate.full(1000, START).halved(16, START, START);

    // Then
    assertThat(rate.at(START)).isEqualTo(8);
    assertThat(rate.at(START.plusSeconds(15))).isEqualTo(12);
  }

  @Test
  void where_that_is_not_refused_again_it_grows_to_the_ceiling() {
    // When
    var rate = AdaptiveRate.full(1000, START).halved(16, START, START);

    // Then
    assertThat(rate.at(START.plusSeconds(30))).isEqualTo(16);
    assertThat(rate.at(START.plusSeconds(45))).isEqualTo(508);
    assertThat(rate.at(START.plusSeconds(60))).isEqualTo(1000);
  }

  @Test
  void a_backend_that_bears_little_is_asked_at_least_every_ten_seconds() {
    // When
    var rate = AdaptiveRate.full(1000, START).halved(0.1, START, START);

    // Then
    assertThat(rate.at(START)).isEqualTo(0.1);
  }

  @Test
  void a_new_ceiling_keeps_what_was_learnt() {
    // Given
    var learnt = AdaptiveRate.full(16, START).halved(16, START, START);

    // When
    var raised = learnt.under(100, START);
    var lowered = learnt.under(4, START);
    var never = AdaptiveRate.full(16, START).under(100, START);

    // Then
    assertThat(raised.at(START)).isEqualTo(8);
    assertThat(lowered.at(START)).isEqualTo(4);
    assertThat(never.at(START)).isEqualTo(100);
  }

  @Property
  void whatever_happens_it_stays_between_floor_and_ceiling_and_only_refusals_lower_it(
      @ForAll @DoubleRange(min = 0.01, max = 1000) double ceiling,
      @ForAll @DoubleRange(min = 0, max = 1000) double sent,
      @ForAll("gaps") @Size(max = 50) List<Duration> gaps) {
    var rate = AdaptiveRate.full(ceiling, START);
    var now = START;
    for (var gap : gaps) {
      var before = rate.at(now);
      now = now.plus(gap);
      assertThat(rate.at(now)).isGreaterThanOrEqualTo(before);
      rate = rate.halved(sent, now, now);
      assertThat(rate.at(now)).isBetween(Math.min(ceiling, AdaptiveRate.FLOOR), ceiling);
    }
    assertThat(rate.at(now.plus(AdaptiveRate.RECOVERY))).isEqualTo(ceiling);
  }

  @Provide
  Arbitrary<List<Duration>> gaps() {
    return Arbitraries.longs().between(0, 120_000).map(Duration::ofMillis).list();
  }
}
