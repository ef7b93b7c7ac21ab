package ai.okchat.operator.account;

import static ai.okchat.operator.account.ListedBots.bot;
import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.client.Bot;
import ai.okchat.client.FailureKind;
import ai.okchat.client.OkChatException;
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
  private final RecordedNews news = new RecordedNews();
  private final Inventory inventory =
      new Inventory(ACCOUNT, backend, news, clock, clock, new InventoryQuota().share("team"));

  @Test
  void knowsNothingBeforeTheFirstList() {
    // Then
    assertThat(inventory.isKnown()).isFalse();
    assertThat(inventory.wasRequested()).isFalse();
    assertThat(inventory.failure()).isEmpty();
    assertThat(inventory.bot("a")).isEmpty();
    assertThat(inventory.withSlug("a-slug")).isEmpty();
    assertThat(inventory.size()).isZero();
    assertThat(inventory.organizationId()).isEmpty();
    assertThat(inventory.isOlderThan(Duration.ofDays(1))).isTrue();
    assertThat(backend.asked()).isZero();
  }

  @Test
  void findsListedBotsByIdAndBySlug() {
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
  void keepsTheObjectOfAnUnchangedBot() {
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
  void ensureAskedSendsOneRequestForAllCallers() {
    // Given
    backend.answers(bot("a"));

    // When
    var first = inventory.ensureRequested();
    var second = inventory.ensureRequested();

    // Then
    assertThat(List.of(first, second)).containsExactly(Optional.empty(), Optional.empty());
    assertThat(backend.asked()).isEqualTo(1);
  }

  @Test
  void ensureAskedReportsAFailureWithoutAnotherRequest() {
    // Given
    backend.fails(FailureKind.UNAVAILABLE);
    inventory.ensureRequested();

    // When
    var failure = inventory.ensureRequested();

    // Then
    assertThat(failure).map(OkChatException::kind).contains(FailureKind.UNAVAILABLE);
    assertThat(backend.asked()).isEqualTo(1);
    assertThat(inventory.isKnown()).isFalse();
  }

  @Test
  void failureKeepsThePreviousList() {
    // Given
    backend.answers(bot("a"));
    inventory.refresh();
    backend.fails(FailureKind.UNEXPECTED_RESPONSE);

    // When
    var failure = inventory.refresh();

    // Then
    assertThat(failure).map(OkChatException::kind).contains(FailureKind.UNEXPECTED_RESPONSE);
    assertThat(inventory.failure()).isEqualTo(failure);
    assertThat(inventory.isKnown()).isTrue();
    assertThat(inventory.bot("a")).contains(bot("a"));
  }

  @Test
  void goodListClearsTheFailure() {
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
  void countsAgeFromTheLastAttempt() {
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
  void reportsAddedRemovedAndChangedBots() {
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
  void reportsNothingForTheSameList() {
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
  void reportsBeginningAndEndOfAnOutage() {
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
  void reportsOutageBeforeTheFirstList() {
    // Given
    backend.fails(FailureKind.CREDENTIALS_REJECTED);
    inventory.ensureRequested();
    inventory.refresh();
    backend.answers(bot("a"));

    // When
    inventory.refresh();

    // Then
    assertThat(news.lines()).containsExactly("failed", "listed [a] [a-slug] recovered");
  }
}
