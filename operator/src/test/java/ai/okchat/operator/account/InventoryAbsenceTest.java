package ai.okchat.operator.account;

import static ai.okchat.operator.account.ListedBots.bot;
import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.client.FailureKind;
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
      new Inventory(
          ACCOUNT, backend, new RecordedNews(), clock, clock, new InventoryQuota().share("team"));

  @Test
  void provesNoAbsenceBeforeTheFirstList() {
    // When
    var recordSuccess = inventory.provesAbsent("a", ListedBots.ORGANIZATION, APART, false);

    // Then
    assertThat(recordSuccess).isFalse();
  }

  @Test
  void listedBotIsNotAbsent() {
    // Given
    backend.answers(bot("a"));
    inventory.refresh();
    clock.pass(APART);

    // When
    var recordSuccess = inventory.provesAbsent("a", ListedBots.ORGANIZATION, Duration.ZERO, false);

    // Then
    assertThat(recordSuccess).isFalse();
  }

  @Test
  void t7TwoListsAnIntervalApartProveAbsenceOfAListedBot() {
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
  void twoListsInQuickSuccessionProveNoAbsence() {
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
  void timeAloneProvesNoAbsence() {
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
  void t5FailedListsProveNoAbsence() {
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
  void failureBetweenTwoListsDoesNotResetTheProof() {
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
  void botThatReappearsResetsTheProof() {
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
  void countsNeverListedBotFromTheFirstQuery() {
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
  void writtenBotIsNoLongerAbsent() {
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
