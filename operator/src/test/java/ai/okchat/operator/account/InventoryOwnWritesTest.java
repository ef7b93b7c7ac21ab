package ai.okchat.operator.account;

import static ai.okchat.operator.account.ListedBots.bot;
import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.client.FailureKind;
import ai.okchat.operator.testing.MovingClock;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** T3, T4: own writes are visible at once, also if an older or lagging list does not show them. */
class InventoryOwnWritesTest {
  private static final AccountId ACCOUNT = new AccountId("https://backend", "digest");

  private final MovingClock clock = new MovingClock();
  private final ListedBots backend = new ListedBots();
  private final RecordedNews news = new RecordedNews();
  private final Inventory inventory =
      new Inventory(ACCOUNT, backend, news, clock, clock, new InventoryQuota().share("team"));

  InventoryOwnWritesTest() {
    backend.answers(bot("a"), bot("b"));
    inventory.refresh();
    news.lines();
  }

  @Test
  void showsCreatedBotAtOnce() {
    // When
    inventory.put(bot("new"), true);

    // Then
    assertThat(inventory.bot("new")).contains(bot("new"));
    assertThat(inventory.withSlug("new-slug")).contains(bot("new"));
    assertThat(inventory.size()).isEqualTo(3);
    assertThat(backend.asked()).isEqualTo(1);
  }

  @Test
  void t3KeepsCreateDuringARunningList() {
    // Given
    backend.meanwhile(() -> inventory.put(bot("new"), true));

    // When
    inventory.refresh();

    // Then
    assertThat(inventory.bot("new")).contains(bot("new"));
  }

  @Test
  void t3KeepsUpdateDuringARunningList() {
    // Given
    backend.meanwhile(() -> inventory.put(bot("a", "renamed"), false));

    // When
    inventory.refresh();

    // Then
    assertThat(inventory.bot("a")).contains(bot("a", "renamed"));
  }

  @Test
  void t3KeepsRemovalDuringARunningList() {
    // Given
    backend.meanwhile(() -> inventory.remove("a"));

    // When
    inventory.refresh();

    // Then
    assertThat(inventory.bot("a")).isEmpty();
    assertThat(inventory.withSlug("a-slug")).isEmpty();
  }

  @Test
  void keepsLastOfTwoWritesDuringAList() {
    // Given
    backend.meanwhile(
        () -> {
          inventory.put(bot("new"), true);
          inventory.remove("new");
          inventory.remove("a");
          inventory.put(bot("a", "again"), true);
        });

    // When
    inventory.refresh();

    // Then
    assertThat(inventory.bot("new")).isEmpty();
    assertThat(inventory.bot("a")).contains(bot("a", "again"));
  }

  @Test
  void listReplacesWritesFromBeforeItsStart() {
    // Given
    inventory.put(bot("a", "ours"), false);
    backend.answers(bot("a", "theirs"), bot("b"));

    // When
    inventory.refresh();

    // Then
    assertThat(inventory.bot("a")).contains(bot("a", "theirs"));
  }

  @Test
  void ownWritesAreNoNewsOfTheNextList() {
    // Given
    inventory.put(bot("new"), true);
    inventory.put(bot("a", "renamed"), false);
    inventory.remove("b");
    backend.answers(bot("a", "renamed"), bot("new"));

    // When
    inventory.refresh();

    // Then
    assertThat(news.lines()).containsExactly("listed [] []");
  }

  @Test
  void t4KeepsCreatedBotThatListsOmitForAMinute() {
    // Given
    inventory.put(bot("new"), true);

    // When
    clock.pass(Inventory.LIST_LAG);
    inventory.refresh();

    // Then
    assertThat(inventory.bot("new")).contains(bot("new"));
    assertThat(inventory.provesAbsent("new", ListedBots.ORGANIZATION, Duration.ofSeconds(1), false))
        .isFalse();
    assertThat(news.lines()).containsExactly("listed [] []");
  }

  @Test
  void t4TrustsTheListAfterAMinute() {
    // Given
    inventory.put(bot("new"), true);
    clock.pass(Inventory.LIST_LAG.plusSeconds(1));

    // When
    inventory.refresh();

    // Then
    assertThat(inventory.bot("new")).isEmpty();
    assertThat(news.lines()).containsExactly("listed [new] [new-slug]");
  }

  @Test
  void keepsEditWhileTheListLags() {
    // Given
    inventory.put(bot("new"), true);
    clock.passSeconds(10);
    inventory.put(bot("new", "edited"), false);

    // When
    inventory.refresh();

    // Then
    assertThat(inventory.bot("new")).contains(bot("new", "edited"));
  }

  @Test
  void trustsLaterListsOnceAListShowsTheBot() {
    // Given
    inventory.put(bot("new"), true);
    backend.answers(bot("new"));
    inventory.refresh();
    backend.answers(bot("a"));

    // When
    inventory.refresh();

    // Then
    assertThat(inventory.bot("new")).isEmpty();
  }

  @Test
  void removedBotDoesNotReappearInLaggingLists() {
    // Given
    inventory.put(bot("new"), true);
    inventory.remove("new");

    // When
    inventory.refresh();

    // Then
    assertThat(inventory.bot("new")).isEmpty();
  }

  @Test
  @DisplayName("C4: a bot that the list never shows triggers its object less and less often")
  void reportsBotBeyondACappedListLessAndLessOften() {
    // When: the test reads the bot each time that it is news; a list comes each second.
    var news = new ArrayList<Integer>();
    for (var second = 0; second < 600; second++) {
      if (inventory.bot("beyond").isEmpty()) {
        inventory.put(bot("beyond"), false);
        news.add(second);
      }
      clock.passSeconds(1);
      inventory.refresh();
    }

    // Then
    assertThat(news).containsExactly(0, 1, 61, 181, 421);
  }

  @Test
  void keepsWritesBeforeTheFirstGoodList() {
    // Given
    var fresh = new ListedBots();
    var unread =
        new Inventory(ACCOUNT, fresh, news, clock, clock, new InventoryQuota().share("team"));
    fresh.fails(FailureKind.UNAVAILABLE);
    unread.ensureRequested();
    unread.put(bot("new"), true);
    fresh.answers();

    // When
    unread.refresh();

    // Then
    assertThat(unread.bot("new")).contains(bot("new"));
  }
}
