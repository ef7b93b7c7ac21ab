package ai.okchat.operator.knowledge;

import static ai.okchat.operator.knowledge.QueriedBot.passage;
import static ai.okchat.operator.knowledge.ingestion.SourceManifest.annotated;
import static ai.okchat.operator.knowledge.ingestion.SourceManifest.source;
import static ai.okchat.operator.knowledge.ingestion.SourceManifest.withStatus;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.okchat.api.v1alpha1.DocumentState;
import ai.okchat.api.v1alpha1.DocumentStatus;
import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.client.OkChatException;
import ai.okchat.operator.knowledge.ingestion.Ingestion;
import ai.okchat.operator.knowledge.ingestion.Progress;
import ai.okchat.operator.knowledge.ingestion.SourceManifest;
import ai.okchat.operator.testing.MovingClock;
import ai.okchat.planning.document.Content;
import ai.okchat.planning.document.Document;
import ai.okchat.planning.document.FileType;
import ai.okchat.planning.document.SourceFile;
import ai.okchat.planning.document.Titles;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times of the queries of retrieval checks: after a change, at the interval, and with backoff. */
class RetrievalChecksTest {

  private static final String OPEN = "When do you open?";
  private static final String PAY = "How can I pay?";
  private static final String CHECKS = "retrievalChecks: [{query: '%s'}, {query: '%s'}]";
  private static final List<Document> DOCUMENTS =
      Titles.assign(
          Ingestion.tag(source("")),
          List.of(
              new SourceFile(
                  "hours.md",
                  FileType.MARKDOWN,
                  Content.of("Nine.".getBytes(StandardCharsets.UTF_8)))));
  private static final Progress SETTLED = progress(QueriedBot.ID, "sha256:1");
  private static final RetrievalResult PASSED = new RetrievalResult.Passed();
  private static final RetrievalResult FAILED =
      new RetrievalResult.Failed("The query '" + PAY + "' finds nothing in the bot's documents.");

  private final MovingClock clock = new MovingClock();
  private final KnowledgeSource source = source(CHECKS.formatted(OPEN, PAY));
  @AutoClose private final QueriedBot bot = new QueriedBot(clock);
  private final RetrievalChecks checks = new RetrievalChecks(clock);

  @Test
  void sendsNoQueryWhenTheSpecHasNoCheck() {
    // When
    var verdict = checks.verdict(source(""), bot.link(), DOCUMENTS, SETTLED);

    // Then
    assertThat(verdict).isEqualTo(new RetrievalResult.NoChecks());
    assertThat(checks.untilDue(source(""))).isEqualTo(Duration.ofHours(1));
    assertThat(bot.takeQueries()).isEmpty();
  }

  @Test
  void sendsNoQueryUntilAllDocumentsAreListed() {
    // Given
    var row = new DocumentStatus("hours.md", "sha256:0", null, DocumentState.PENDING, null);
    var pending = progress(List.of(row), true, Duration.ZERO);
    var awaited = progress(List.of(), true, Duration.ofSeconds(1));
    var unlisted = progress(List.of(), false, Duration.ZERO);

    // When
    var verdicts =
        List.of(
            checks.verdict(source, bot.link(), DOCUMENTS, pending),
            checks.verdict(source, bot.link(), DOCUMENTS, awaited),
            checks.verdict(source, bot.link(), DOCUMENTS, unlisted),
            checks.verdict(source, bot.link(), List.of(), SETTLED));

    // Then
    assertThat(verdicts).containsOnly(new RetrievalResult.ChecksPending());
    assertThat(bot.takeQueries()).isEmpty();
  }

  @Test
  void sendsQueriesAgainAfterTheRefreshInterval() {
    // Given
    bothPass();

    // When
    var verdicts = new ArrayList<>(List.of(verdict(), verdict()));
    clock.pass(Duration.ofHours(1).minusNanos(1));
    verdicts.add(verdict());
    var queriesWithinInterval = bot.takeQueries();
    clock.pass(Duration.ofNanos(1));
    verdicts.add(verdict());

    // Then
    assertThat(verdicts).containsOnly(PASSED);
    assertThat(List.of(queriesWithinInterval, bot.takeQueries()))
        .containsExactly(List.of(OPEN, PAY), List.of(OPEN, PAY));
  }

  @Test
  void stopsAtTheFirstCheckThatFails() {
    // Given
    bot.finds(PAY, passage("prices", 1));

    // When
    var verdict = verdict();

    // Then
    assertThat(verdict)
        .isEqualTo(
            new RetrievalResult.Failed(
                "The query '" + OPEN + "' finds nothing in the bot's documents."));
    assertThat(bot.takeQueries()).containsExactly(OPEN);
  }

  @Test
  void backsOffFromFiveSecondsToFiveMinutesWhileACheckFails() {
    // Given
    bot.finds(OPEN, passage("hours", 1));
    var delays = new ArrayList<Duration>();
    var verdicts = new ArrayList<RetrievalResult>();

    // When
    for (var attempt = 0; attempt < 9; attempt++) {
      verdicts.add(verdict());
      delays.add(checks.untilDue(source));
      clock.pass(delays.getLast());
    }

    // Then
    assertThat(verdicts).containsOnly(FAILED).hasSize(9);
    assertThat(delays)
        .extracting(Duration::toSeconds)
        .containsExactly(5L, 10L, 20L, 40L, 80L, 160L, 300L, 300L, 300L);
    assertThat(bot.takeQueries()).hasSize(18);
  }

  @Test
  void keepsVerdictWithoutAQueryWhileItBacksOff() {
    // Given
    bot.finds(OPEN, passage("hours", 1));
    verdict();
    bothPass();

    // When
    clock.pass(Duration.ofSeconds(5).minusNanos(1));
    var before = verdict();
    clock.pass(Duration.ofNanos(1));
    var after = verdict();

    // Then
    assertThat(List.of(before, after)).containsExactly(FAILED, PASSED);
  }

  @Test
  void startsBackoffAgainAfterAllChecksPassed() {
    // Given
    bot.finds(OPEN, passage("hours", 1));
    verdict();
    clock.pass(checks.untilDue(source));
    verdict();
    clock.pass(checks.untilDue(source));
    bothPass();
    verdict();
    clock.pass(checks.untilDue(source));
    bot.finds(PAY);

    // When
    var verdict = verdict();

    // Then
    assertThat(verdict).isEqualTo(FAILED);
    assertThat(checks.untilDue(source)).isEqualTo(Duration.ofSeconds(5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"content", "bot", "generation", "request"})
  void sendsQueriesAtOnceWhenTheOccasionChanges(String changed) {
    // Given
    bot.finds(OPEN, passage("hours", 1));
    verdict();
    bot.takeQueries();
    var now = source(CHECKS.formatted(OPEN, PAY));
    var progress = SETTLED;
    switch (changed) {
      case "content" -> progress = progress(QueriedBot.ID, "sha256:2");
      case "bot" -> progress = progress("bot-2", "sha256:1");
      case "generation" -> now.getMetadata().setGeneration(SourceManifest.GENERATION + 1);
      default -> annotated(now, Map.of("okchat.ai/refresh-requested-at", "1"));
    }

    // When
    var verdict = checks.verdict(now, bot.link(), DOCUMENTS, progress);

    // Then
    assertThat(verdict).isEqualTo(FAILED);
    assertThat(bot.takeQueries()).containsExactly(OPEN, PAY);
    assertThat(checks.untilDue(now)).isEqualTo(Duration.ofSeconds(5));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {
        "True, bot-1, 'sha256:1', 3, '1', false",
        "False, bot-1, 'sha256:1', 3, '1', true",
        "True, bot-2, 'sha256:1', 3, '1', true",
        "True, bot-1, 'sha256:2', 3, '1', true",
        "True, bot-1, 'sha256:1', 2, '1', true",
        "True, bot-1, 'sha256:1', 3, '0', true",
        "True, bot-1, 'sha256:1', 3, null, true"
      })
  void sendsQueriesAfterARestartUnlessTheStatusSaysThatTheyPassed(
      String retrievable,
      String botId,
      String digest,
      long generation,
      @Nullable String handled,
      boolean sends) {
    // Given
    bothPass();
    var restarted =
        withStatus(
            annotated(
                source(CHECKS.formatted(OPEN, PAY)), Map.of("okchat.ai/refresh-requested-at", "1")),
            """
            conditions: [{type: Retrievable, status: '%s', reason: Passed, message: ''}]
            chatbotId: %s
            contentDigest: '%s'
            observedGeneration: %d
            lastHandledRefreshAt: %s
            """
                .formatted(
                    retrievable,
                    botId,
                    digest,
                    generation,
                    Optional.ofNullable(handled).map(value -> "'" + value + "'").orElse("null")));

    // When
    var verdict = checks.verdict(restarted, bot.link(), DOCUMENTS, SETTLED);

    // Then
    assertThat(verdict).isEqualTo(PASSED);
    assertThat(bot.takeQueries()).isEqualTo(sends ? List.of(OPEN, PAY) : List.of());
    assertThat(checks.untilDue(restarted)).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void recordsNoVerdictWhenTheBackendDoesNotRespond() {
    // Given
    bothPass();
    bot.respondsWith(500);

    // When
    assertThatThrownBy(this::verdict).isInstanceOf(OkChatException.class);
    bot.respondsWith(200);
    var verdict = verdict();

    // Then
    assertThat(verdict).isEqualTo(PASSED);
    assertThat(bot.takeQueries()).containsExactly(OPEN, OPEN, PAY);
  }

  @Test
  void sendsQueriesForARecreatedSource() {
    // Given
    bothPass();
    verdict();
    bot.takeQueries();

    // When
    checks.forget(source);
    verdict();

    // Then
    assertThat(bot.takeQueries()).containsExactly(OPEN, PAY);
  }

  @Test
  void returnsToTheRefreshIntervalWhenNoCheckApplies() {
    // Given
    verdict();
    clock.pass(Duration.ofHours(2));

    // When
    var removed = checks.verdict(source(""), bot.link(), DOCUMENTS, SETTLED);
    var untilDue = checks.untilDue(source(""));

    // Then
    assertThat(removed).isEqualTo(new RetrievalResult.NoChecks());
    assertThat(untilDue).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void returnsToTheRefreshIntervalWhenTheSourceIsEmpty() {
    // Given
    verdict();
    clock.pass(Duration.ofHours(2));

    // When
    var empty = checks.verdict(source, bot.link(), List.of(), progress(QueriedBot.ID, "sha256:2"));
    var untilDue = checks.untilDue(source);

    // Then
    assertThat(empty).isEqualTo(new RetrievalResult.ChecksPending());
    assertThat(untilDue).isEqualTo(Duration.ofHours(1));
  }

  private void bothPass() {
    bot.finds(OPEN, passage("hours", 1));
    bot.finds(PAY, passage("prices", 1));
  }

  private RetrievalResult verdict() {
    return checks.verdict(source, bot.link(), DOCUMENTS, SETTLED);
  }

  private static Progress progress(String botId, String digest) {
    return new Progress(botId, digest, List.of(), 0, true, false, false, Duration.ZERO);
  }

  private static Progress progress(
      List<DocumentStatus> documents, boolean understood, Duration requeueAfter) {
    return new Progress(
        QueriedBot.ID, "sha256:1", documents, 0, understood, false, false, requeueAfter);
  }
}
