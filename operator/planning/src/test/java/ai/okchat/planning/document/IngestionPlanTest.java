package ai.okchat.planning.document;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.client.KnowledgeDocument;
import ai.okchat.planning.document.IngestionPlan.Rules;
import ai.okchat.planning.document.UploadAttempt.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The table of what is to be done: desired against listed. */
class IngestionPlanTest {

  private static final SourceTag TAG = SourceTag.of("team", "docs");
  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

  private final List<KnowledgeDocument> listed = new ArrayList<>();
  private boolean prune = true;
  private int limit = 50;
  private boolean inPlace = true;
  private List<String> unusable = List.of();
  private Optional<Instant> quietUntil = Optional.empty();

  @Test
  void plansNothingWhenAllIsSynced() {
    // Given
    list("a=1", "b=2");

    // When, Then
    assertThat(planned("a=1", "b=2")).isEmpty();
  }

  @Test
  void uploadsNewDocument() {
    // Given
    list("a=1");

    // When, Then
    assertThat(planned("a=1", "b=2")).containsExactly("upload b=2");
  }

  @Test
  void replacesOldVersionOfChangedDocument() {
    // Given
    list("a=1");

    // When, Then
    assertThat(planned("a=2")).containsExactly("replace a=1 by a=2");
  }

  @Test
  void replacesDocumentUnderItsOldName() {
    // Given
    list("a=1", "b=2");

    // When, Then
    assertThat(planned("a=1", "c=2")).containsExactly("replace b=2 by c=2");
  }

  @Test
  void removesDocumentThatTheSourceNoLongerHas() {
    // Given
    list("a=1", "b=2");

    // When, Then
    assertThat(planned("a=1")).containsExactly("remove b=2");
  }

  @Test
  void keepsObsoleteDocumentWithoutPrune() {
    // Given
    list("a=1", "b=2");
    prune = false;

    // When, Then
    assertThat(planned("a=1")).isEmpty();
  }

  @Test
  void keepsDocumentsAboveTheRemovalLimit() {
    // Given
    list("a=1", "b=2", "c=3");

    // When, Then
    assertThat(planned("a=1")).containsExactly("over limit 2");
  }

  @Test
  void emptySourceRemovesNothingByDefault() {
    // Given
    list("a=1");

    // When, Then
    assertThat(planned()).containsExactly("over limit 1");
  }

  @Test
  @DisplayName("T41: if titles are kept, the new version is uploaded before the old one is removed")
  void uploadsNewVersionFirstWhenTitlesAreKept() {
    // Given
    inPlace = false;
    list("a=1");
    var before = planned("a=2");

    // When
    list("a=2");
    var after = planned("a=2");

    // Then
    assertThat(before).containsExactly("upload a=2");
    assertThat(after).containsExactly("remove a=1");
  }

  @Test
  @DisplayName("T41: two copies are reduced to the older")
  void removesNewerOfTwoCopies() {
    // Given
    listed.add(new KnowledgeDocument("new", title("a=1"), NOW, null));
    listed.add(new KnowledgeDocument("old", title("a=1"), NOW.minusSeconds(60), null));

    // When
    var plan = plan(Map.of(), "a=1");

    // Then
    assertThat(plan.removals().all()).extracting(ListedDocument::id).containsExactly("new");
    assertThat(plan.accepted().values()).extracting(ListedDocument::id).containsExactly("old");
  }

  @Test
  @DisplayName("T12 B4: a document of another owner is never in the plan")
  void ignoresDocumentsOfOtherOwners() {
    // Given
    listed.add(new KnowledgeDocument("x", "a.md", NOW, null));
    listed.add(new KnowledgeDocument("y", title("a=1").replace(TAG.text(), "abcdef"), NOW, null));
    limit = 100;

    // When, Then
    assertThat(planned()).isEmpty();
  }

  @Test
  void findsTagsInChangedTitles() {
    // Given
    var title = title("opening hours=1");
    var kept =
        Stream.of(
            title,
            title.replaceFirst("\\.md$", ""),
            title + ".txt",
            "uploads/" + title,
            title.replace('.', '_'));

    // When, Then
    kept.forEach(
        listedTitle -> {
          listed.clear();
          listed.add(new KnowledgeDocument("x", listedTitle, NOW, null));
          assertThat(planned("opening hours=1")).as(listedTitle).isEmpty();
        });
  }

  @Test
  @DisplayName("T90: a listed title that equals a file name belongs to the source that sent it")
  void countsTheLastPairOfTags() {
    // Given
    var other = SourceTag.of("team", "other");
    var name = title("hours=1").replaceFirst("\\.md$", "");
    var nested = name + "." + other.text() + ".0a1b2c3d.md";
    listed.add(new KnowledgeDocument("x", nested, NOW, null));
    limit = 100;

    // When
    var sent = Titles.assign(other, List.of(sourceDocument(name + ".md=2"))).getFirst().title();

    // Then
    assertThat(planned()).isEmpty();
    assertThat(DocumentTitle.find(nested, other)).isPresent();
    assertThat(sent.name())
        .isEqualTo("hours." + TAG.text() + document("hours=1").title().contentTag());
    assertThat(DocumentTitle.find(sent.text(), TAG)).isEmpty();
    assertThat(DocumentTitle.find(sent.text(), other)).contains(sent);
  }

  @Test
  @DisplayName("T38: an accepted document is not sent again for two hours")
  void doesNotSendAcceptedDocumentAgain() {
    // Given
    var sent = NOW.minus(Duration.ofMinutes(119));
    var longAgo = NOW.minus(Duration.ofMinutes(121));

    // When, Then
    assertThat(planned(Outcome.ACKNOWLEDGED, sent, "a=1")).containsExactly("await a=1");
    assertThat(planned(Outcome.ACKNOWLEDGED, longAgo, "a=1")).containsExactly("upload a=1");
  }

  @Test
  void waitsAMinuteForUploadWithoutResponse() {
    // When, Then
    assertThat(planned(Outcome.UNCERTAIN, NOW.minusSeconds(59), "a=1"))
        .containsExactly("await a=1");
    assertThat(planned(Outcome.UNCERTAIN, NOW.minusSeconds(60), "a=1"))
        .containsExactly("upload a=1");
  }

  @Test
  @DisplayName(
      "T40: a rejected document is not sent again until it changes, and the others continue")
  void doesNotSendRejectedDocumentUntilItChanges() {
    // Given
    list("a=0");
    var refused = Map.of(document("a=1").title().key(), UploadAttempt.rejected(NOW, "no"));

    // When, Then
    assertThat(words(plan(refused, "a=1", "b=2"))).containsExactly("upload b=2", "refused a=1");
    assertThat(words(plan(refused, "a=2", "b=2")))
        .containsExactly("upload b=2", "replace a=0 by a=2");
  }

  @Test
  void sendsNothingUnknownForAMinuteAfterACrash() {
    // Given
    quietUntil = Optional.of(NOW.plusSeconds(1));

    // When, Then
    assertThat(planned("a=1")).containsExactly("await a=1");
  }

  @Test
  void keepsDocumentThatCannotBeRead() {
    // Given
    list("a=1", "b=2");
    unusable = List.of("b");

    // When, Then
    assertThat(planned("a=1")).isEmpty();
  }

  @Test
  void pairsTenThousandRenamedDocumentsQuickly() {
    // Given
    var before =
        Stream.iterate(0, number -> number + 1)
            .limit(10_000)
            .map(number -> "old" + number + "=" + number);
    list(before.toArray(String[]::new));
    var after =
        Stream.iterate(0, number -> number + 1)
            .limit(10_000)
            .map(number -> "new" + number + "=" + number);

    // When
    var plan = plan(Map.of(), after.toArray(String[]::new));

    // Then
    assertThat(plan.replacements()).hasSize(10_000);
    assertThat(plan.uploads()).isEmpty();
    assertThat(plan.removals().all()).isEmpty();
  }

  private List<String> planned(String... desired) {
    return words(plan(Map.of(), desired));
  }

  private List<String> planned(Outcome outcome, Instant at, String desired) {
    var key = document(desired).title().key();
    return words(plan(Map.of(key, UploadAttempt.of(outcome, at)), desired));
  }

  private IngestionPlan plan(Map<String, UploadAttempt> attempts, String... desired) {
    var documents =
        Titles.assign(TAG, Stream.of(desired).map(IngestionPlanTest::sourceDocument).toList());
    var comparison = Comparison.of(documents, ListedDocument.ownOf(listed, TAG));
    var rules = new Rules(prune, limit, unusable, inPlace, quietUntil);
    return IngestionPlan.of(comparison, attempts, rules, NOW);
  }

  private List<String> words(IngestionPlan plan) {
    var words = new ArrayList<String>();
    plan.uploads().forEach(upload -> words.add("upload " + upload.name() + "=" + text(upload)));
    plan.replacements()
        .forEach(
            replacement ->
                words.add(
                    "replace %s by %s=%s"
                        .formatted(
                            replacement.replaced().id(),
                            replacement.document().name(),
                            text(replacement.document()))));
    plan.removals().all().forEach(document -> words.add("remove " + document.id()));
    plan.awaited()
        .forEach(document -> words.add("await " + document.name() + "=" + text(document)));
    plan.failed()
        .keySet()
        .forEach(document -> words.add("refused " + document.name() + "=" + text(document)));
    if (plan.removals().overLimit() > 0) {
      words.add("over limit " + plan.removals().overLimit());
    }
    return words;
  }

  private void list(String... documents) {
    for (var document : documents) {
      listed.add(new KnowledgeDocument(document, title(document), NOW.minusSeconds(600), null));
    }
  }

  private static String title(String document) {
    return document(document).title().text();
  }

  private static Document document(String document) {
    return Titles.assign(TAG, List.of(sourceDocument(document))).getFirst();
  }

  private static SourceFile sourceDocument(String document) {
    var parts = document.split("=", 2);
    return new SourceFile(
        parts[0], FileType.MARKDOWN, Content.of(parts[1].getBytes(StandardCharsets.UTF_8)));
  }

  private static String text(Document document) {
    try (var in = document.content().source().open()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
