package ai.okchat.operator.backend;

import static ai.okchat.operator.backend.ListedBots.bot;
import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.okchat.FailureKind;
import ai.okchat.operator.testing.MovingClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** T5, T7: only two good lists, one interval apart, prove that a bot is gone. */
class InventoryAbsenceTest {
  private static final AccountId ACCOUNT = new AccountId("https://backend", "digest");

  private static final Duration APART = Duration.ofSeconds(48);

  private final MovingClock clock = new MovingClock();

  private final ListedBots backend = new ListedBots();

  private final Inventory inventory =
      new Inventory(ACCOUNT, backend, new HeardNews(), clock, clock, new InventoryQuota().share());

  @Test
  void nothing_is_proved_before_the_first_list() {
    // When
    var proved = inventory.provesAbsent("a", ListedBots.ORGANIZATION, APART, false);

    // Then
    assertThat(proved).isFalse();
  }

  @Test
  void a_bot_that_is_listed_is_not_absent() {
    // Given
    backend.answers(bot("a"));
    inventory.refresh();
    clock.pass(APART);

    // When
    var proved = inventory.provesAbsent("a", ListedBots.ORGANIZATION, Duration.ZERO, false);

    // Then
    assertThat(proved).isFalse();
  }

  @Test
  void t7_two_lists_an_interval_apart_prove_that_a_listed_bot_is_gone() {
    // Given
    backend.answers(bot("a"), bot("b"));
    inventory.refresh();
    backend.answers(bot("b"));
    clock.pass(APART);
    inventory.refresh();
    var afterOne = inventory.provesAbsent("a", ListedBots.ORGANIZATION, APART, false);

    // When
    clock.pass(APART);
    inventory.refresh();

    // Then
    assertThat(afterOne).isFalse();
    assertThat(inventory.provesAbsent("a", ListedBots.ORGANIZATION, APART, false)).isTrue();
  }

  @Test
  void two_lists_close_to_each_other_prove_nothing() {
    // Given
    backend.answers(bot("a"), bot("b"));
    inventory.refresh();
    backend.answers(bot("b"));
    inventory.refresh();

    // When
    clock.pass(APART.minusMillis(1));
    inventory.refresh();

    // Then
    assertThat(inventory.provesAbsent("a", ListedBots.ORGANIZATION, APART, false)).isFalse();
  }

  @Test
  void time_alone_proves_nothing() {
    // Given
    backend.answers(bot("a"), bot("b"));
    inventory.refresh();
    backend.answers(bot("b"));
    inventory.refresh();

    // When
    clock.pass(Duration.ofDays(1));

    // Then
    assertThat(inventory.provesAbsent("a", ListedBots.ORGANIZATION, APART, false)).isFalse();
  }

  @Test
  void t5_lists_that_fail_prove_nothing_however_many() {
    // Given
    backend.answers(bot("a"), bot("b"));
    inventory.refresh();
    backend.fails(FailureKind.UNAVAILABLE);

    // When
    for (var i = 0; i < 5; i++) {
      clock.pass(APART);
      inventory.refresh();
    }

    // Then
    assertThat(inventory.provesAbsent("a", ListedBots.ORGANIZATION, APART, false)).isFalse();
    assertThat(inventory.bot("a")).isPresent();
  }

  @Test
  void a_failure_between_the_two_lists_does_not_count_against_them() {
    // Given
    backend.answers(bot("a"), bot("b"));
    inventory.refresh();
    backend.answers(bot("b"));
    inventory.refresh();
    backend.fails(FailureKind.UNAVAILABLE);
    clock.pass(APART);
    inventory.refresh();
    backend.answers(bot("b"));

    // When
    inventory.refresh();

    // Then
    assertThat(inventory.provesAbsent("a", ListedBots.ORGANIZATION, APART, false)).isTrue();
  }

  @Test
  void a_bot_that_comes_back_starts_the_count_anew() {
    // Given
    backend.answers(bot("a"), bot("b"));
    inventory.refresh();
    backend.answers(bot("b"));
    inventory.refresh();
    backend.answers(bot("a"), bot("b"));
    inventory.refresh();
    backend.answers(bot("b"));
    clock.pass(APART);

    // When
    inventory.refresh();

    // Then
    assertThat(inventory.provesAbsent("a", ListedBots.ORGANIZATION, APART, false)).isFalse();
  }

  @Test
  void a_bot_that_was_never_listed_is_counted_from_the_first_question_on() {
    // Given
    backend.answers(bot("b"));
    inventory.refresh();
    var first = inventory.provesAbsent("a", ListedBots.ORGANIZATION, APART, false);
    clock.pass(APART);

    // When
    inventory.refresh();

    // Then
    assertThat(first).isFalse();
    assertThat(inventory.provesAbsent("a", ListedBots.ORGANIZATION, APART, false)).isTrue();
  }

  @Test
  void a_bot_that_we_wrote_again_is_not_absent_any_more() {
    // Given
    backend.answers(bot("a"), bot("b"));
    inventory.refresh();
    backend.answers(bot("b"));
    inventory.refresh();
    inventory.put(bot("a"), false);
    clock.pass(APART);

    // When
    inventory.refresh();

    // Then
    assertThat(inventory.provesAbsent("a", ListedBots.ORGANIZATION, APART, false)).isFalse();
  }
}
