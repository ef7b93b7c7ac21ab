package ai.okchat.operator.knowledge;

import static ai.okchat.operator.knowledge.QueriedBot.passage;
import static ai.okchat.operator.knowledge.ingestion.SourceManifest.UID;
import static ai.okchat.operator.knowledge.ingestion.SourceManifest.source;
import static ai.okchat.operator.knowledge.ingestion.SourceManifest.withStatus;
import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.fetch.AddressPolicy;
import ai.okchat.operator.fetch.GitFetcher;
import ai.okchat.operator.fetch.WebFetcher;
import ai.okchat.operator.knowledge.ingestion.Ingestion;
import ai.okchat.operator.knowledge.ingestion.Progress;
import ai.okchat.operator.knowledge.ingestion.UploadTracker;
import ai.okchat.operator.knowledge.source.ContentLimits;
import ai.okchat.operator.knowledge.source.SourceReader;
import ai.okchat.operator.knowledge.source.SourceReader.Fetchers;
import ai.okchat.operator.testing.MovingClock;
import ai.okchat.planning.document.Content;
import ai.okchat.planning.document.FileType;
import ai.okchat.planning.document.SourceFile;
import ai.okchat.planning.document.Titles;
import ai.okchat.planning.document.UploadAttempt;
import ai.okchat.planning.document.UploadAttempt.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times of the next reconciliation of a source whose documents are all listed. */
class KnowledgeMemoryTest {

  private static final String QUERY = "When do you open?";
  private static final UploadTracker.Memory NO_UPLOAD =
      UploadTracker.Memory.of(QueriedBot.ID, Map.of(), Optional.empty());

  private final MovingClock clock = new MovingClock();
  @AutoClose private final QueriedBot bot = new QueriedBot(clock);
  private final UploadTracker uploads = new UploadTracker();
  private final RetrievalChecks checks = new RetrievalChecks(clock);
  private final KnowledgeMemory memory = new KnowledgeMemory(sourceCache(), uploads, checks, clock);

  @ParameterizedTest
  @CsvSource({"1s, PT1S", "30s, PT30S", "59m59s, PT59M59S", "1h, PT1H", "2h, PT1H", "720h, PT1H"})
  void reconcilesAtTheRefreshIntervalButAtLeastHourly(String interval, Duration due) {
    // When
    var untilDue = memory.untilDue(source("refreshInterval: " + interval));

    // Then
    assertThat(untilDue).isEqualTo(due);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-01T08:00:00Z, 90m, PT1H",
    "2026-03-01T07:00:00Z, 90m, PT30M",
    "2026-03-01T06:30:01Z, 90m, PT1S",
    "2026-03-01T06:30:00Z, 90m, PT1S",
    "2026-03-01T06:29:59Z, 90m, PT1H",
    "2020-01-01T00:00:00Z, 90m, PT1H",
    "9999-12-31T23:59:59Z, 90m, PT1H",
    "2026-03-01T07:00:00Z, 8760h, PT1H"
  })
  void reconcilesWhenTheLastRefreshBecomesStale(String refreshed, String maxAge, Duration due) {
    // Given
    var source =
        withStatus(source("maxAge: " + maxAge), "lastRefreshTime: '%s'".formatted(refreshed));

    // When
    var untilDue = memory.untilDue(source);

    // Then
    assertThat(untilDue).isEqualTo(due);
  }

  @ParameterizedTest
  @CsvSource({"PT0S, PT2M", "PT1M, PT1M", "PT1M59.5S, PT1S", "PT2M, PT1S", "P30D, PT1S"})
  void reconcilesWhenAFailedDocumentIsSentAgain(Duration age, Duration due) {
    // Given
    var failed =
        new UploadAttempt(Outcome.UNCERTAIN, clock.instant().minus(age), "No response.", 5);
    uploads.begin(
        UID, UploadTracker.Memory.of(QueriedBot.ID, Map.of("a", failed), Optional.empty()));

    // When
    var untilDue = memory.untilDue(source(""));

    // Then
    assertThat(untilDue).isEqualTo(due);
  }

  @Test
  void reconcilesWhenAFailedRetrievalCheckIsAskedAgain() {
    // Given
    var source = checked();
    ask(source);

    // When
    clock.passSeconds(2);
    var untilDue = memory.untilDue(source);

    // Then
    assertThat(untilDue).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void countsUploadsToTheBotThatTheSourceFollowsOnly() {
    // Given
    uploads.begin(UID, NO_UPLOAD);

    // When
    var hasSent =
        List.of(
            memory.hasSent(source(""), QueriedBot.ID), memory.hasSent(source(""), "another-bot"));

    // Then
    assertThat(hasSent).containsExactly(true, false);
  }

  @Test
  void forgetsUploadsAndChecksOfADeletedSource() {
    // Given
    var source = checked();
    ask(source);
    uploads.begin(UID, NO_UPLOAD);

    // When
    memory.forget(source);

    // Then
    assertThat(memory.hasSent(source, QueriedBot.ID)).isFalse();
    assertThat(memory.untilDue(source)).isEqualTo(Duration.ofHours(1));
    bot.finds(QUERY, passage("hours", 1));
    assertThat(ask(source)).isEqualTo(new RetrievalResult.Passed());
  }

  private static KnowledgeSource checked() {
    return source("retrievalChecks: [{query: '%s'}]".formatted(QUERY));
  }

  private RetrievalResult ask(KnowledgeSource source) {
    var content = Content.of("Nine.".getBytes(StandardCharsets.UTF_8));
    var file = new SourceFile("hours.md", FileType.MARKDOWN, content);
    var documents = Titles.assign(Ingestion.tag(source), List.of(file));
    var settled =
        new Progress(QueriedBot.ID, "sha256:1", List.of(), 0, true, false, false, Duration.ZERO);
    return checks.verdict(source, bot.link(), documents, settled);
  }

  private SourceCache sourceCache() {
    var http = new OkHttpClient();
    var policy = new AddressPolicy(List.of());
    var fetchers = new Fetchers(new WebFetcher(http, policy), new GitFetcher(http, policy));
    var limits = ContentLimits.ofMebibytes(1, 10, 1);
    var sources = new SourceReader(bot.kubernetes().client(), Set.of(), fetchers, limits);
    return new SourceCache(sources, new SourceFetcher(1, Duration.ZERO, _ -> {}), clock);
  }
}
