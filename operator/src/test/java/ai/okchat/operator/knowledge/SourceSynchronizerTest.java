package ai.okchat.operator.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.okchat.api.v1alpha1.DocumentCounts;
import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.client.OkChatException;
import ai.okchat.operator.knowledge.ingestion.KnowledgeMetadata;
import ai.okchat.operator.knowledge.ingestion.LinkedBot;
import ai.okchat.operator.knowledge.ingestion.Progress;
import ai.okchat.operator.knowledge.ingestion.SourceManifest;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.Reason;
import ai.okchat.operator.testing.MovingClock;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One reconciliation after the other of a source, against a sandbox. */
class SourceSynchronizerTest {

  private static final String TWO =
      "documents: [{name: hours, text: Nine.}, {name: prices, text: Five.}]";
  private static final String DRY_RUN = "okchat.ai/dry-run";
  private static final String INGESTED =
      "Normal Updated of docs: The bot has %1$d of %1$d documents of this source in their current"
          + " version.";
  private static final String DRIFT =
      "Warning DriftFound of docs: Another client removed or changed documents of this source in"
          + " the backend. The operator uploads them again.";
  private static final Failure NOT_UNDERSTOOD =
      Failure.waiting(
          Reason.UnsupportedListFormat,
          "The format of the list of documents is no longer supported. The operator uploads and"
              + " removes nothing until it is.",
          Duration.ofSeconds(30));

  @AutoClose private final SourceScene scene = new SourceScene();
  @AutoClose private final ServedPages site = new ServedPages();
  private final SourceCache cache = scene.cache(Duration.ofMinutes(1));
  private final SourceSynchronizer synchronizer = scene.synchronizer(cache);

  @Test
  void uploadsTheDocumentsAndSaysThroughWhichBackend() {
    // Given
    scene.create(TWO);
    scene.clock.passSeconds(5);
    var bot = scene.bot(scene.botId, "org-1");

    // When
    var result = synchronizer.synchronize(scene.stored(), bot);

    // Then
    var progress = progress(result);
    assertThat(progress.counts()).isEqualTo(new DocumentCounts(2, 2, 0, 0, 0, 0));
    assertThat(result)
        .isEqualTo(
            new IngestionResult.Advanced(
                progress,
                new RetrievalResult.NoChecks(),
                MovingClock.START.plusSeconds(5),
                scene.connection().origin(),
                "org-1",
                false));
    assertThat(scene.backend.count("upload-knowledge")).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"documents", "placeholder"})
  void saysWhenTheSourceWasReadHoweverLongTheUploadsTake(String shape) {
    // Given
    scene.backend.flip("knowledgeListShape", shape);
    var source = scene.create(TWO);
    var bot = scene.bot();
    scene.kubernetes.onRequest(_ -> scene.clock.passSeconds(1));

    // When
    var result = (IngestionResult.Advanced) synchronizer.synchronize(source, bot);

    // Then
    assertThat(result.readAt()).isEqualTo(MovingClock.START);
    assertThat(scene.clock.instant()).isAfter(MovingClock.START);
  }

  @Test
  void returnsTheResultOfTheRetrievalChecks() {
    // Given
    scene.create(TWO + "\nretrievalChecks: [{query: Open?, expectDocument: terms}]");

    // When
    var result = (IngestionResult.Advanced) pass();

    // Then
    assertThat(result.retrieval())
        .isEqualTo(
            new RetrievalResult.Failed(
                "The query 'Open?' expects the document terms, which the source does not have. Name"
                    + " one of its documents."));
  }

  @Test
  void recordsOneEventForAnIngestion() {
    // Given
    scene.create(TWO);

    // When
    pass();
    pass();
    pass();

    // Then
    assertThat(scene.changes.events()).containsExactly(INGESTED.formatted(2));
  }

  @Test
  void recordsTheEventWhenTheBackendListsEachDocument() {
    // Given
    scene.backend.flip("knowledgeLagMillis", 60_000);
    scene.create(TWO);
    pass();
    var before = scene.changes.events();
    scene.clock.passSeconds(60);

    // When
    pass();

    // Then
    assertThat(before).isEmpty();
    assertThat(scene.changes.events()).containsExactly(INGESTED.formatted(2));
  }

  @Test
  void recordsNoIngestionWithoutDocuments() {
    // Given
    scene.create("documents: []");

    // When
    pass();

    // Then
    assertThat(scene.changes.events()).isEmpty();
  }

  @Test
  void reportsDriftUntilTheBackendListsTheDocumentAgain() {
    // Given
    scene.create(TWO);
    pass();
    scene.backend.flip("knowledgeLagMillis", 60_000);
    scene.removeOldest();

    // When
    var found = isDrift(pass());
    scene.clock.passSeconds(30);
    var awaited = isDrift(pass());
    scene.clock.passSeconds(30);
    var corrected = isDrift(pass());

    // Then
    assertThat(List.of(found, awaited, corrected)).containsExactly(true, true, false);
    assertThat(scene.changes.events())
        .containsExactly(INGESTED.formatted(2), DRIFT, INGESTED.formatted(2));
  }

  @Test
  void recordsDriftThatItCorrectsAtOnce() {
    // Given
    scene.create(TWO);
    pass();
    scene.removeOldest();

    // When
    var result = pass();

    // Then
    assertThat(isDrift(result)).isFalse();
    assertThat(scene.titles(scene.botId)).hasSize(2);
    assertThat(scene.changes.events()).containsExactly(INGESTED.formatted(2), DRIFT);
  }

  @Test
  void isNoDriftWhenTheSourceHasNewContent() {
    // Given
    scene.create("documents: [{name: hours, text: Nine.}]");
    pass();
    scene.backend.flip("knowledgeLagMillis", 60_000);
    scene.kubernetes.edit(
        scene.stored(),
        object ->
            object
                .withObject("/spec")
                .withArray("documents")
                .addObject()
                .put("name", "prices")
                .put("text", "Five."));

    // When
    var sent = isDrift(pass());
    scene.clock.passSeconds(60);
    pass();

    // Then
    assertThat(sent).isFalse();
    assertThat(scene.changes.events())
        .containsExactly(INGESTED.formatted(1), INGESTED.formatted(2));
  }

  @Test
  void isNoDriftWhenTheChatbotHasAnotherBot() {
    // Given
    scene.create(TWO);
    pass();
    scene.backend.flip("knowledgeLagMillis", 60_000);
    var another = scene.bot(scene.createBot("another"), null);

    // When
    var result = pass(another);

    // Then
    assertThat(isDrift(result)).isFalse();
    assertThat(scene.titles(another.botId())).hasSize(2);
    assertThat(scene.changes.events()).containsExactly(INGESTED.formatted(2));
  }

  @Test
  @DisplayName("T80: a bot that the backend does not know gets no document")
  void waitsForABotThatTheBackendDoesNotList() {
    // Given
    scene.create(TWO);
    scene.backend.deleteInDashboard(scene.botId);

    // When
    var result = pass();

    // Then
    assertThat(result)
        .isEqualTo(
            new IngestionResult.Blocked(
                Failure.waiting(
                    Reason.WaitingForChatbot,
                    "The backend does not list the bot "
                        + scene.botId
                        + ". The operator uploads the documents when it does, or when the Chatbot"
                        + " has another bot.",
                    Duration.ofSeconds(30))));
    assertThat(scene.backend.endpoints()).containsExactly("list-knowledge");
  }

  @Test
  @DisplayName("B4: with an unsupported list format each document is uploaded once")
  void uploadsOnceWhenNoListWasEverRead() {
    // Given
    scene.backend.flip("knowledgeListShape", "placeholder");
    scene.create(TWO);

    // When
    var result = pass();
    pass();

    // Then
    var progress = progress(result);
    assertThat(progress.counts()).isEqualTo(new DocumentCounts(2, 0, 2, 0, 0, 0));
    assertThat(progress.understood()).isFalse();
    assertThat(result)
        .isEqualTo(
            new IngestionResult.Advanced(
                progress,
                new RetrievalResult.ChecksPending(),
                MovingClock.START,
                scene.connection().origin(),
                null,
                false));
    assertThat(scene.backend.count("upload-knowledge")).isEqualTo(2);
    assertThat(scene.changes.events()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"without-ids", "without-titles"})
  @DisplayName("B4: if the first documents make the list unsupported, each is uploaded once")
  void uploadsOnceWhenTheFirstDocumentsMakeTheListUnsupported(String shape) {
    // Given
    scene.backend.flip("knowledgeListShape", shape);
    var uid = scene.create(TWO).getMetadata().getUid();
    assertThatExceptionOfType(OkChatException.class).isThrownBy(this::pass);
    pass();

    // When
    scene.tracker.forget(uid);
    scene.clock.pass(Duration.ofMinutes(10));
    pass();

    // Then
    assertThat(scene.titles(scene.botId)).hasSize(2);
  }

  @Test
  @DisplayName("B4: a list format that is no longer supported stops uploads to the same bot")
  void sendsNothingWhenTheListCouldBeReadBefore() {
    // Given
    scene.create(TWO);
    pass();
    scene.removeOldest();
    scene.backend.flip("knowledgeListShape", "placeholder");

    // When
    var result = pass();

    // Then
    assertThat(result).isEqualTo(new IngestionResult.Blocked(NOT_UNDERSTOOD));
    assertThat(scene.backend.endpoints()).containsExactly("list-knowledge");
  }

  @Test
  void uploadsToAnotherBotWhoseListWasNeverRead() {
    // Given
    scene.create(TWO);
    pass();
    scene.backend.flip("knowledgeListShape", "placeholder");
    var another = scene.bot(scene.createBot("another"), null);

    // When
    pass(another);

    // Then
    assertThat(scene.titles(another.botId())).hasSize(2);
  }

  @Test
  void throwsWhenTheBackendGivesNoConclusiveResponse() {
    // Given
    scene.create(TWO);
    scene.backend.fault("list-knowledge", "html", Map.of("status", 200));

    // When
    var failure = assertThatExceptionOfType(OkChatException.class).isThrownBy(this::pass);

    // Then
    failure.matches(e -> !e.unknownShape());
    assertThat(scene.backend.endpoints()).containsExactly("list-knowledge");
  }

  @Test
  void waitsForAnObjectThatTheSourceNames() {
    // Given
    scene.create("configMap: {name: handbook}");

    // When
    var result = pass();

    // Then
    assertThat(result)
        .isEqualTo(
            new IngestionResult.Blocked(
                Failure.referenceNotFound(
                    "spec.configMap names the ConfigMap handbook, which does not exist. Create it,"
                        + " or name another.")));
    assertThat(scene.backend.calls()).isEmpty();
  }

  @Test
  void readsAgainWhenTheInformerIsBehindTheSpec() {
    // Given: the informer omits long texts, and the object has another generation by now.
    scene.create(TWO);
    var cached = SourceManifest.source("documents: [{name: '', text: ''}]");

    // When
    var result = synchronizer.synchronize(cached, scene.bot());

    // Then
    assertThat(result).isEqualTo(new IngestionResult.ReadAgain());
    assertThat(scene.backend.calls()).isEmpty();
  }

  @Test
  @DisplayName("T68: nothing is sent while the source is fetched")
  void sendsNothingWhileTheSourceIsFetched() throws IOException {
    // Given
    serve(1);
    site.hold();

    // When
    var result =
        scene.synchronizer(scene.cache(Duration.ZERO)).synchronize(scene.stored(), scene.bot());

    // Then
    assertThat(result).isEqualTo(new IngestionResult.Fetching());
    assertThat(scene.backend.calls()).isEmpty();
  }

  @Test
  @DisplayName("T66: a source whose bytes were dropped is read again before an upload")
  void readsPagesAgainWhenTheirBytesAreNeeded() throws IOException {
    // Given
    serve(1);
    pass();
    scene.removeOldest();

    // When
    var first = pass();
    var second = pass();

    // Then
    assertThat(first).isEqualTo(new IngestionResult.ReadAgain());
    assertThat(progress(second).counts()).isEqualTo(new DocumentCounts(1, 1, 0, 0, 0, 0));
    assertThat(site.requests()).containsExactly("GET /page-0.md", "GET /page-0.md");
  }

  @Test
  void readsPagesAgainForAnotherBotWhoseListIsUnsupported() throws IOException {
    // Given
    serve(1);
    pass();
    scene.backend.flip("knowledgeListShape", "placeholder");
    var another = scene.bot(scene.createBot("another"), null);

    // When
    var first = pass(another);
    pass(another);

    // Then
    assertThat(first).isEqualTo(new IngestionResult.ReadAgain());
    assertThat(scene.titles(another.botId())).hasSize(1);
    assertThat(site.requests()).containsExactly("GET /page-0.md", "GET /page-0.md");
  }

  @Test
  void readsPagesOnceForSeveralBatches() throws IOException {
    // Given
    serve(3);
    var slow = scene.synchronizer(cache, new OneCallPerBatch());

    // When
    var accepted =
        IntStream.range(0, 3)
            .mapToObj(_ -> progress(slow.synchronize(scene.stored(), scene.bot())))
            .map(progress -> progress.counts().accepted())
            .toList();

    // Then
    assertThat(accepted).containsExactly(1, 2, 3);
    assertThat(site.requests()).hasSize(3);
  }

  @Test
  void readsPagesOnceForSeveralBatchesWithAnUnsupportedList() throws IOException {
    // Given
    serve(9);
    scene.backend.flip("knowledgeListShape", "placeholder");

    // When
    pass();
    var afterOne = scene.titles(scene.botId).size();
    pass();

    // Then
    assertThat(List.of(afterOne, scene.titles(scene.botId).size())).containsExactly(8, 9);
    assertThat(site.requests()).hasSize(9);
  }

  @Test
  void previewsTheDocumentsOfASourceThatWasNeverIngested() {
    // Given
    scene.create(TWO);
    scene.annotate(DRY_RUN, "true");

    // When
    pass();
    pass();

    // Then
    assertThat(scene.backend.endpoints()).containsExactly("list-knowledge", "list-knowledge");
    var source = scene.stored();
    assertThat(source.getMetadata().getFinalizers()).isEmpty();
    assertThat(source.getStatus().chatbotId()).isNull();
    assertThat(source.getStatus().counts()).isEqualTo(new DocumentCounts(2, 0, 2, 0, 0, 0));
    assertThat(rows(source))
        .containsExactly(
            "hours PENDING Dry run: the operator would upload it.",
            "prices PENDING Dry run: the operator would upload it.");
    var plan = plan(2, 0, 0, 0);
    assertThat(conditions(source))
        .containsExactly(
            "Paused True/DryRun " + plan,
            "Ready Unknown/DryRun " + plan,
            "Synced Unknown/DryRun " + plan);
    assertThat(scene.changes.events()).containsExactly("Normal DryRun of docs: " + plan);
  }

  @Test
  void previewsReplacementsAndRemovalsOfAnIngestedSource() {
    // Given
    scene.create("documents: [{name: hours, text: Nine.}, {name: prices, text: Five.}]");
    pass();
    var before = scene.titles(scene.botId);
    scene.backend.clearJournal();
    scene.annotate(DRY_RUN, "true");
    edit("documents: [{name: hours, text: Ten.}, {name: terms, text: None.}]");

    // When
    pass();

    // Then
    assertThat(scene.titles(scene.botId)).isEqualTo(before);
    assertThat(scene.backend.endpoints()).containsExactly("list-knowledge");
    assertThat(rows(scene.stored()))
        .containsExactly(
            "hours PENDING Dry run: the operator would replace the version in the bot.",
            "prices PENDING Dry run: the operator would remove it from the bot.",
            "terms PENDING Dry run: the operator would upload it.");
    assertThat(conditions(scene.stored()))
        .first()
        .isEqualTo("Paused True/DryRun " + plan(1, 1, 1, 0));
  }

  @Test
  void previewSaysHowManyRemovalsAreMoreThanTheLimit() {
    // Given
    scene.create(TWO + "\npruneLimitPercent: 0");
    pass();
    scene.annotate(DRY_RUN, "true");
    edit("documents: [{name: hours, text: Nine.}]");

    // When
    pass();

    // Then
    assertThat(conditions(scene.stored()))
        .first()
        .isEqualTo(
            "Paused True/DryRun "
                + plan(0, 0, 0, 1)
                + " 1 documents that are not in the source stay, because they are more than"
                + " spec.pruneLimitPercent allows.");
  }

  @Test
  void sendsThePlanWhenTheAnnotationIsRemoved() throws IOException {
    // Given
    serve(2);
    scene.annotate(DRY_RUN, "true");
    pass();
    var sent = scene.titles(scene.botId);
    scene.annotate(DRY_RUN, "false");

    // When
    pass();
    var result = pass();

    // Then
    assertThat(sent).isEmpty();
    assertThat(progress(result).counts()).isEqualTo(new DocumentCounts(2, 2, 0, 0, 0, 0));
    assertThat(conditions(scene.stored()).stream().map(text -> text.split(" ", 3)[1]))
        .containsExactly("True/Ready", "True/IngestionComplete");
  }

  @Test
  void previewsUploadsWhenTheListIsUnsupported() {
    // Given
    scene.backend.flip("knowledgeListShape", "placeholder");
    scene.create(TWO);
    scene.annotate(DRY_RUN, "true");

    // When
    pass();

    // Then
    assertThat(scene.titles(scene.botId)).isEmpty();
    assertThat(conditions(scene.stored()))
        .first()
        .isEqualTo("Paused True/DryRun " + plan(2, 0, 0, 0));
  }

  @Test
  @DisplayName("dead_link_in_sitemap: one dead link of five does not stall the source")
  void isReadyWithOneDeadLinkAndNamesIt() throws IOException {
    // Given
    site.start();
    IntStream.range(0, 4).forEach(i -> site.serve("/page-%d.md".formatted(i), "Page " + i));
    var links =
        IntStream.range(0, 5)
            .mapToObj(i -> "'%s'".formatted(site.link("/page-%d.md".formatted(i))))
            .collect(Collectors.joining(", "));
    scene.create("web: {urls: [%s], failedLimitPercent: 10}".formatted(links));

    // When
    var counts = progress(pass()).counts();

    // Then
    assertThat(counts).isEqualTo(new DocumentCounts(5, 4, 0, 1, 0, 0));
    assertThat(conditions(scene.stored()))
        .containsExactly(
            "Ready True/Ready The bot answers from the documents of this source, except 1 of 5"
                + " that cannot be ingested; the first is %s: The server responded with status 404. status.documents has the others."
                    .formatted(site.link("/page-4.md")),
            "Synced True/IngestionComplete The backend lists each document of the source that can"
                + " be ingested exactly once, and no obsolete document.");
    assertThat(scene.changes.events())
        .containsExactly(
            "Normal Updated of docs: The bot has 4 of 5 documents of this source in their current"
                + " version.");
  }

  private static String plan(int uploads, int replacements, int removals, int kept) {
    return "The annotation okchat.ai/dry-run is set: the operator would upload %d, replace %d and remove %d documents, and keep %d; 0 documents are failed, and 0 files are skipped. Remove the annotation to send the changes; status.documents names them."
        .formatted(uploads, replacements, removals, kept);
  }

  private void edit(String documents) {
    var spec = SourceManifest.source(documents).getSpec().documents();
    scene.kubernetes.edit(
        scene.stored(),
        object -> {
          var array = object.withObject("/spec").putArray("documents");
          spec.forEach(
              document ->
                  array.addObject().put("name", document.name()).put("text", document.text()));
        });
  }

  private static List<String> rows(KnowledgeSource source) {
    return source.getStatus().documents().stream()
        .map(row -> row.name() + " " + row.state() + " " + row.message())
        .toList();
  }

  private static List<String> conditions(KnowledgeSource source) {
    return source.getStatus().conditions().stream()
        .map(
            condition ->
                "%s %s/%s %s"
                    .formatted(
                        condition.getType(),
                        condition.getStatus(),
                        condition.getReason(),
                        condition.getMessage()))
        .toList();
  }

  @Test
  @DisplayName("C8: after a restart a source is read again at some time in its interval")
  void postponesTheFirstReadingAfterARestart() throws IOException {
    // Given
    serve(1);
    pass();
    scene.clock.pass(Duration.ofMinutes(20));
    scene.backend.clearJournal();
    var restarted = scene.synchronizer(scene.cache(Duration.ofMinutes(1)));

    // When
    var first = restarted.synchronize(scene.stored(), scene.bot());
    var wait = ((IngestionResult.Postponed) first).remaining();
    var requests = List.of(site.requests().size(), scene.backend.endpoints().size());
    scene.clock.pass(wait);
    var last = restarted.synchronize(scene.stored(), scene.bot());

    // Then
    assertThat(wait).isPositive().isLessThan(Duration.ofMinutes(40));
    assertThat(requests).containsExactly(1, 0);
    assertThat(last).isInstanceOf(IngestionResult.Advanced.class);
    assertThat(site.requests()).containsExactly("GET /page-0.md", "GET /page-0.md");
    assertThat(scene.backend.count("upload-knowledge")).isZero();
  }

  @Test
  @DisplayName("C8: the first readings of many sources after a restart do not begin together")
  void spreadsTheFirstReadingsAfterARestart() throws IOException {
    // Given
    serve(1);
    pass();
    var stored = scene.stored();
    var cache = scene.cache(Duration.ofMinutes(1));

    // When
    var waits =
        IntStream.range(0, 200)
            .mapToObj(number -> cache.untilFirstRead(withUid(stored, number), scene.bot()))
            .toList();

    // Then
    assertThat(waits).allMatch(wait -> wait.compareTo(Duration.ofHours(1)) < 0);
    assertThat(waits).anyMatch(wait -> wait.compareTo(Duration.ofMinutes(20)) < 0);
    assertThat(waits).anyMatch(wait -> wait.compareTo(Duration.ofMinutes(40)) > 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "edit",
        "request",
        "interval",
        "another bot",
        "not Ready",
        "paused",
        "dry run",
        "stale"
      })
  @DisplayName("C8: after a restart a source is read at once unless its status proves the last one")
  void readsASourceAtOnceAfterARestartWithoutThatProof(String why) throws IOException {
    // Given
    serve(1);
    pass();
    var bot = why.equals("another bot") ? scene.bot(scene.createBot("sales"), null) : scene.bot();
    switch (why) {
      case "edit" ->
          scene.kubernetes.edit(
              scene.stored(), object -> object.withObject("/spec").put("refreshInterval", "2h"));
      case "request" -> scene.annotate(KnowledgeMetadata.REFRESH_REQUESTED_AT, "now");
      case "interval" -> scene.clock.pass(Duration.ofHours(1));
      case "not Ready" -> condition("Ready", "False");
      case "paused" -> condition("Paused", "True");
      case "dry run" -> scene.annotate(DRY_RUN, "true");
      case "stale" -> {
        scene.kubernetes.edit(
            scene.stored(), object -> object.withObject("/spec").put("maxAge", "30m"));
        pass();
        scene.clock.pass(Duration.ofMinutes(30));
      }
      default -> {}
    }
    var restarted = scene.synchronizer(scene.cache(Duration.ofMinutes(1)));
    var requests = site.requests().size();

    // When
    var result = restarted.synchronize(scene.stored(), bot);

    // Then
    assertThat(result)
        .isInstanceOf(
            why.equals("dry run")
                ? IngestionResult.Previewed.class
                : IngestionResult.Advanced.class);
    assertThat(site.requests()).hasSize(requests + 1);
  }

  @Test
  @DisplayName("C8: a source is read only once at its time, also if its bytes are needed again")
  void postponesNoReadingAfterTheFirstOne() throws IOException {
    // Given
    serve(1);
    pass();
    scene.removeOldest();

    // When
    var results = List.of(pass(), pass());

    // Then
    assertThat(results.getFirst()).isEqualTo(new IngestionResult.ReadAgain());
    assertThat(progress(results.getLast()).counts())
        .isEqualTo(new DocumentCounts(1, 1, 0, 0, 0, 0));
  }

  private void condition(String type, String status) {
    var conditions = new ArrayList<>(scene.stored().getStatus().conditions());
    conditions.removeIf(condition -> condition.getType().equals(type));
    conditions.add(
        new ConditionBuilder()
            .withType(type)
            .withStatus(status)
            .withReason("Suspended")
            .withMessage("A test set it.")
            .withLastTransitionTime(MovingClock.START.toString())
            .build());
    scene.kubernetes.edit(
        scene.stored(),
        object ->
            object
                .withObject("/status")
                .set("conditions", new ObjectMapper().valueToTree(conditions)));
  }

  private static KnowledgeSource withUid(KnowledgeSource source, int number) {
    var copy = SourceManifest.source("");
    copy.setSpec(source.getSpec());
    copy.setStatus(source.getStatus());
    copy.getMetadata().setGeneration(source.getMetadata().getGeneration());
    copy.getMetadata().setUid("uid-" + number);
    return copy;
  }

  /** Creates a source of this many pages. */
  private void serve(int pages) throws IOException {
    site.start();
    for (var i = 0; i < pages; i++) {
      site.serve("/page-%d.md".formatted(i), "Page %d.".formatted(i));
    }
    var links =
        IntStream.range(0, pages)
            .mapToObj(i -> "'%s'".formatted(site.link("/page-%d.md".formatted(i))))
            .collect(Collectors.joining(", "));
    scene.create("web: {urls: [%s]}".formatted(links));
  }

  private IngestionResult pass() {
    return pass(scene.bot());
  }

  /** Runs one reconciliation, and writes its status as the reconciler does. */
  private IngestionResult pass(LinkedBot bot) {
    var source = scene.stored();
    var result = synchronizer.synchronize(source, bot);
    var status = new KnowledgeStatusWriter(scene.writes, scene.clock);
    if (result instanceof IngestionResult.Advanced advanced) {
      status.advanced(source, advanced);
    } else if (result instanceof IngestionResult.Previewed(var preview)) {
      status.previewed(source, preview);
    }
    return result;
  }

  private static Progress progress(IngestionResult result) {
    return ((IngestionResult.Advanced) result).progress();
  }

  private static boolean isDrift(IngestionResult result) {
    return ((IngestionResult.Advanced) result).drifted();
  }

  /** A clock with which the time of a batch is over after its first call. */
  private static final class OneCallPerBatch extends Clock {

    private Instant now = MovingClock.START;

    @Override
    public synchronized Instant instant() {
      now = now.plusSeconds(3);
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
