package ai.okchat.operator.backend;

import static ai.okchat.operator.backend.ListedBots.bot;
import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.okchat.FailureKind;
import ai.okchat.operator.testing.MovingClock;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** T3, T4: what we wrote is seen at once, whatever a list says that is older or lags. */
class InventoryOwnWritesTest {
  private static final AccountId ACCOUNT = new AccountId("https://backend", "digest");

  private final MovingClock clock = new MovingClock();
  private final ListedBots backend = new ListedBots();
  private final HeardNews news = new HeardNews();
  private final Inventory inventory =
      new Inventory(ACCOUNT, backend, news, clock, clock, new InventoryQuota().share());

  InventoryOwnWritesTest() {
    backend.answers(bot("a"), bot("b"));
    inventory.refresh();
    news.lines();
  }

  @Test
  void a_bot_that_we_made_is_there_at_once() {
    // When
    inventory.put(bot("new"), true);

    // Then
    assertThat(inventory.bot("new")).contains(bot("new"));
    assertThat(inventory.withSlug("new-slug")).contains(bot("new"));
    assertThat(inventory.size()).isEqualTo(3);
    assertThat(backend.asked()).isEqualTo(1);
  }

  @Test
  void t3_a_create_survives_a_list_that_was_under_way() {
    // Given
    backend.meanwhile(() -> inventory.put(bot("new"), true));

    // When
    inventory.refresh();

    // Then
    assertThat(inventory.bot("new")).contains(bot("new"));
  }

  @Test
  void t3_an_update_survives_a_list_that_was_under_way() {
    // Given
    backend.meanwhile(() -> inventory.put(bot("a", "renamed"), false));

    // When
    inventory.refresh();

    // Then
    assertThat(inventory.bot("a")).contains(bot("a", "renamed"));
  }

  @Test
  void t3_a_removal_survives_a_list_that_was_under_way() {
    // Given
    backend.meanwhile(() -> inventory.remove("a"));

    // When
    inventory.refresh();

    // Then
    assertThat(inventory.bot("a")).isEmpty();
    assertThat(inventory.withSlug("a-slug")).isEmpty();
  }

  @Test
  void the_last_of_two_writes_during_a_list_counts() {
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
  void what_was_written_before_a_list_began_is_the_lists_to_tell() {
    // Given
    inventory.put(bot("a", "ours"), false);
    backend.answers(bot("a", "theirs"), bot("b"));

    // When
    inventory.refresh();

    // Then
    assertThat(inventory.bot("a")).contains(bot("a", "theirs"));
  }

  @Test
  void our_own_writes_are_no_news_of_the_next_list() {
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
  void t4_a_bot_that_we_made_may_be_missing_from_lists_for_a_minute() {
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
  void t4_after_that_minute_the_list_is_believed() {
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
  void an_edit_while_the_list_lags_is_kept_as_well() {
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
  void a_list_that_shows_the_bot_ends_the_special_treatment() {
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
  void a_bot_that_we_removed_while_lists_lagged_does_not_come_back() {
    // Given
    inventory.put(bot("new"), true);
    inventory.remove("new");

    // When
    inventory.refresh();

    // Then
    assertThat(inventory.bot("new")).isEmpty();
  }

  @Test
  @DisplayName("C4: a bot that the list never has is news less and less often")
  void aBotBeyondACappedListIsNewsLessAndLessOften() {
    // When: each time that it is news, somebody reads the bot; a list comes each second.
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
  void writes_before_the_first_good_list_are_not_lost() {
    // Given
    var fresh = new ListedBots();
    var unread = new Inventory(ACCOUNT, fresh, news, clock, clock, new InventoryQuota().share());
    fresh.fails(FailureKind.UNAVAILABLE);
    unread.ensureAsked();
    unread.put(bot("new"), true);
    fresh.answers();

    // When
    unread.refresh();

    // Then
    assertThat(unread.bot("new")).contains(bot("new"));
  }
}
