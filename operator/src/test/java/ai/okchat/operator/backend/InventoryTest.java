package ai.okchat.operator.backend;

import static ai.okchat.operator.backend.ListedBots.bot;
import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.okchat.Bot;
import ai.okchat.operator.okchat.FailureKind;
import ai.okchat.operator.okchat.OkChatException;
import ai.okchat.operator.testing.MovingClock;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class InventoryTest {
  private static final AccountId ACCOUNT = new AccountId("https://backend", "digest");

  private final MovingClock clock = new MovingClock();
  private final ListedBots backend = new ListedBots();
  private final HeardNews news = new HeardNews();
  private final Inventory inventory =
      new Inventory(ACCOUNT, backend, news, clock, clock, new InventoryQuota().share());

  @Test
  void nothing_is_known_before_the_first_list() {
    // Then
    assertThat(inventory.isKnown()).isFalse();
    assertThat(inventory.wasAsked()).isFalse();
    assertThat(inventory.failure()).isEmpty();
    assertThat(inventory.bot("a")).isEmpty();
    assertThat(inventory.withSlug("a-slug")).isEmpty();
    assertThat(inventory.size()).isZero();
    assertThat(inventory.organizationId()).isEmpty();
    assertThat(inventory.isOlderThan(Duration.ofDays(1))).isTrue();
    assertThat(backend.asked()).isZero();
  }

  @Test
  void a_good_list_finds_bots_by_id_and_by_slug() {
    // Given
    backend.answers(bot("a"), bot("b"));

    // When
    var failure = inventory.refresh();

    // Then
    assertThat(failure).isEmpty();
    assertThat(inventory.bot("a")).contains(bot("a"));
    assertThat(inventory.withSlug("b-slug")).contains(bot("b"));
    assertThat(inventory.withSlug("c-slug")).isEmpty();
    assertThat(inventory.size()).isEqualTo(2);
    assertThat(inventory.organizationId()).contains(ListedBots.ORGANIZATION);
  }

  @Test
  @DisplayName("A key that reads several organizations shows each of them, in one order")
  void showsEachOrganizationThatTheKeyReads() {
    // Given
    var other =
        new Bot("c", "c-slug", "another", JsonNodeFactory.instance.objectNode().put("id", "c"));
    backend.answers(bot("a"), other, bot("b"));

    // When
    inventory.refresh();

    // Then
    assertThat(inventory.organizationId()).contains("another");
    assertThat(inventory.excludes("another")).isFalse();
    assertThat(inventory.excludes(ListedBots.ORGANIZATION)).isFalse();
    assertThat(inventory.excludes("a-third")).isTrue();
  }

  @Test
  void a_bot_that_has_not_changed_stays_the_same_object() {
    // Given
    backend.answers(bot("a"), bot("b", "before"));
    inventory.refresh();
    var unchanged = inventory.bot("a").orElseThrow();

    // When
    backend.answers(bot("a"), bot("b", "after"), bot("c"));
    inventory.refresh();

    // Then
    assertThat(inventory.bot("a").orElseThrow()).isSameAs(unchanged);
    assertThat(inventory.bot("b")).contains(bot("b", "after"));
    assertThat(inventory.bot("c")).contains(bot("c"));
  }

  @Test
  void ensure_asked_asks_once_whoever_asks() {
    // Given
    backend.answers(bot("a"));

    // When
    var first = inventory.ensureAsked();
    var second = inventory.ensureAsked();

    // Then
    assertThat(List.of(first, second)).containsExactly(Optional.empty(), Optional.empty());
    assertThat(backend.asked()).isEqualTo(1);
  }

  @Test
  void ensure_asked_does_not_ask_again_after_a_failure_but_tells_of_it() {
    // Given
    backend.fails(FailureKind.UNAVAILABLE);
    inventory.ensureAsked();

    // When
    var failure = inventory.ensureAsked();

    // Then
    assertThat(failure).map(OkChatException::kind).contains(FailureKind.UNAVAILABLE);
    assertThat(backend.asked()).isEqualTo(1);
    assertThat(inventory.isKnown()).isFalse();
  }

  @Test
  void a_failure_keeps_the_list_from_before() {
    // Given
    backend.answers(bot("a"));
    inventory.refresh();
    backend.fails(FailureKind.UNEXPECTED_ANSWER);

    // When
    var failure = inventory.refresh();

    // Then
    assertThat(failure).map(OkChatException::kind).contains(FailureKind.UNEXPECTED_ANSWER);
    assertThat(inventory.failure()).isEqualTo(failure);
    assertThat(inventory.isKnown()).isTrue();
    assertThat(inventory.bot("a")).contains(bot("a"));
  }

  @Test
  void a_good_list_after_a_failure_forgets_it() {
    // Given
    backend.fails(FailureKind.UNAVAILABLE);
    inventory.refresh();
    backend.answers(bot("a"));

    // When
    inventory.refresh();

    // Then
    assertThat(inventory.failure()).isEmpty();
    assertThat(inventory.size()).isEqualTo(1);
  }

  @Test
  void its_age_counts_from_the_last_attempt() {
    // Given
    backend.fails(FailureKind.UNAVAILABLE);
    inventory.refresh();

    // When
    clock.passSeconds(600);
    var atTenMinutes = inventory.isOlderThan(Duration.ofMinutes(10));
    clock.passSeconds(1);
    var later = inventory.isOlderThan(Duration.ofMinutes(10));

    // Then
    assertThat(List.of(atTenMinutes, later)).containsExactly(false, true);
  }

  @Test
  void news_are_the_bots_that_came_went_or_look_different() {
    // Given
    backend.answers(bot("a"), bot("b"), bot("c"));
    inventory.refresh();
    news.lines();
    backend.answers(bot("a"), bot("b", "renamed"), bot("d"));

    // When
    inventory.refresh();

    // Then
    assertThat(news.lines()).containsExactly("listed [b, c, d] [b-slug, c-slug, d-slug]");
  }

  @Test
  void the_same_list_again_is_no_news() {
    // Given
    backend.answers(bot("a"), bot("b"));
    inventory.refresh();
    news.lines();
    backend.answers(bot("b"), bot("a"));

    // When
    inventory.refresh();

    // Then
    assertThat(news.lines()).containsExactly("listed [] []");
  }

  @Test
  void an_outage_is_told_at_its_beginning_and_at_its_end() {
    // Given
    backend.answers(bot("a"));
    inventory.refresh();
    news.lines();

    // When
    backend.fails(FailureKind.UNAVAILABLE);
    inventory.refresh();
    inventory.refresh();
    backend.answers(bot("a"));
    inventory.refresh();
    inventory.refresh();

    // Then
    assertThat(news.lines()).containsExactly("failed", "listed [] [] recovered", "listed [] []");
  }

  @Test
  void an_outage_that_began_before_the_first_list_is_told_too() {
    // Given
    backend.fails(FailureKind.CREDENTIALS_REJECTED);
    inventory.ensureAsked();
    inventory.refresh();
    backend.answers(bot("a"));

    // When
    inventory.refresh();

    // Then
    assertThat(news.lines()).containsExactly("failed", "listed [a] [a-slug] recovered");
  }
}
