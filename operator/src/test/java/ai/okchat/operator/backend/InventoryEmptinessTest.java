package ai.okchat.operator.backend;

import static ai.okchat.operator.backend.ListedBots.bot;
import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.okchat.FailureKind;
import ai.okchat.operator.testing.MovingClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** T5: what lists without any bot say, and what they do not. */
class InventoryEmptinessTest {
  private static final AccountId ACCOUNT = new AccountId("https://backend", "digest");

  private static final Duration APART = Duration.ofSeconds(48);

  private final MovingClock clock = new MovingClock();

  private final ListedBots backend = new ListedBots();

  private final Inventory inventory =
      new Inventory(ACCOUNT, backend, new HeardNews(), clock, clock, new InventoryQuota().share());

  @Test
  void an_empty_list_without_ever_a_bot_may_be_another_accounts() {
    // Given
    backend.answers();

    // When
    for (var i = 0; i < 10; i++) {
      clock.pass(APART);
      inventory.refresh();
    }

    // Then
    assertThat(inventory.isInconclusiveAbout("a")).isTrue();
  }

  @Test
  void an_empty_list_of_an_account_that_had_the_bot_is_that_accounts() {
    // Given
    backend.answers(bot("a"));
    inventory.refresh();
    backend.answers();

    // When
    inventory.refresh();

    // Then
    assertThat(inventory.isInconclusiveAbout("a")).isFalse();
    assertThat(inventory.isInconclusiveAbout("another")).isTrue();
  }

  @Test
  void a_list_with_other_bots_is_not_empty_and_no_list_says_nothing() {
    // Given
    var beforeTheFirst = inventory.isInconclusiveAbout("a");
    backend.answers(bot("b"));

    // When
    inventory.refresh();

    // Then
    assertThat(beforeTheFirst).isFalse();
    assertThat(inventory.isInconclusiveAbout("a")).isFalse();
  }

  @Test
  void empty_lists_prove_that_the_only_bot_is_gone_that_was_listed_before() {
    // Given
    backend.answers(bot("a"));
    inventory.refresh();
    backend.answers();
    inventory.refresh();
    clock.pass(APART);

    // When
    inventory.refresh();

    // Then
    assertThat(inventory.provesAbsent("a", ListedBots.ORGANIZATION, APART, false)).isTrue();
  }

  @Test
  void one_empty_list_is_not_believed_to_be_empty() {
    // Given
    backend.answers();

    // When
    inventory.refresh();

    // Then
    assertThat(inventory.confirmsEmptiness(APART)).isFalse();
  }

  @Test
  void empty_lists_an_interval_apart_are_believed() {
    // Given
    backend.answers();
    inventory.refresh();
    clock.pass(APART);

    // When
    inventory.refresh();

    // Then
    assertThat(inventory.confirmsEmptiness(APART)).isTrue();
  }

  @Test
  void a_list_with_bots_is_believed_at_once_and_starts_the_count_anew() {
    // Given
    backend.answers();
    inventory.refresh();
    clock.pass(APART);
    backend.answers(bot("b"));
    inventory.refresh();
    var withBots = inventory.confirmsEmptiness(APART);
    backend.answers();

    // When
    inventory.refresh();

    // Then
    assertThat(withBots).isTrue();
    assertThat(inventory.confirmsEmptiness(APART)).isFalse();
  }

  @Test
  void nothing_is_confirmed_before_the_first_list() {
    // Given
    backend.fails(FailureKind.CREDENTIALS_REJECTED);
    inventory.refresh();

    // When
    var confirmed = inventory.confirmsEmptiness(Duration.ZERO);

    // Then
    assertThat(confirmed).isFalse();
  }
}
