package ai.okchat.operator.account;

import static ai.okchat.operator.account.ListedBots.bot;
import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.client.FailureKind;
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
      new Inventory(
          ACCOUNT, backend, new RecordedNews(), clock, clock, new InventoryQuota().share("team"));

  @Test
  void emptyListWithoutAnyEarlierBotMayBeOfAnotherAccount() {
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
  void emptyListAfterTheBotWasListedIsOfTheSameAccount() {
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
  void listWithOtherBotsIsNotEmptyAndNoListIsUnknown() {
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
  void emptyListsProveAbsenceOfTheOnlyListedBot() {
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
  void oneEmptyListDoesNotConfirmEmptiness() {
    // Given
    backend.answers();

    // When
    inventory.refresh();

    // Then
    assertThat(inventory.confirmsEmptiness(APART)).isFalse();
  }

  @Test
  void emptyListsAnIntervalApartConfirmEmptiness() {
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
  void listWithBotsResetsTheCountAtOnce() {
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
  void nothingIsConfirmedBeforeTheFirstList() {
    // Given
    backend.fails(FailureKind.CREDENTIALS_REJECTED);
    inventory.refresh();

    // When
    var confirmed = inventory.confirmsEmptiness(Duration.ZERO);

    // Then
    assertThat(confirmed).isFalse();
  }
}
