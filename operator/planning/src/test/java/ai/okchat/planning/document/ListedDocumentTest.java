package ai.okchat.planning.document;

import static ai.okchat.planning.document.PlannedDocuments.NOW;
import static ai.okchat.planning.document.PlannedDocuments.TAG;
import static ai.okchat.planning.document.PlannedDocuments.document;
import static ai.okchat.planning.document.PlannedDocuments.listed;
import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.client.KnowledgeDocument;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents of the source among all listed documents of a bot. */
class ListedDocumentTest {

  private static final String TITLE = document("hours=9").title().text();

  @Test
  void keepsIdTitleTimeAndStateOfAnOwnDocument() {
    // Given
    var listed = List.of(new KnowledgeDocument("id-1", TITLE, NOW, "processing"));

    // When
    var own = ListedDocument.ownOf(listed, TAG);

    // Then
    assertThat(own)
        .containsExactly(
            new ListedDocument("id-1", document("hours=9").title(), NOW, "processing"));
  }

  @Test
  void ignoresDocumentsOfOtherSourcesAndOfUsers() {
    // Given
    var other = SourceTag.of("team", "other");
    var listed =
        List.of(
            listedAt("1", TITLE.replace(TAG.text(), other.text()), NOW),
            listedAt("2", "hours.md", NOW),
            listedAt("3", "", NOW),
            listedAt("4", "hours." + TAG.text() + ".md", NOW),
            listedAt("5", TITLE.toUpperCase(Locale.ROOT), NOW));

    // When
    var own = ListedDocument.ownOf(listed, TAG);

    // Then
    assertThat(own).isEmpty();
  }

  @Test
  void returnsTheOldestFirstAndUnknownTimesLast() {
    // Given
    var listed =
        List.of(
            listedAt("unknown", TITLE, null),
            listedAt("new", TITLE, NOW),
            listedAt("old", TITLE, NOW.minusNanos(1)),
            listedAt("oldest", TITLE, Instant.EPOCH));

    // When
    var own = ListedDocument.ownOf(listed, TAG);

    // Then
    assertThat(own)
        .extracting(ListedDocument::id)
        .containsExactly("oldest", "old", "new", "unknown");
  }

  @Test
  void keepsTheOrderOfTheListForTheSameTime() {
    // Given
    var listed =
        List.of(
            listedAt("d", TITLE, null),
            listedAt("c", TITLE, NOW),
            listedAt("a", TITLE, null),
            listedAt("b", TITLE, NOW));

    // When
    var own = ListedDocument.ownOf(listed, TAG);

    // Then
    assertThat(own).extracting(ListedDocument::id).containsExactly("c", "b", "d", "a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"failed", "FAILED", "Error", "errored", "REJECTED"})
  void hasFailedWhenTheBackendReportsAFailure(String state) {
    // When, Then
    assertThat(listed("id", "hours=9", state).hasFailed()).isTrue();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "completed", "processing", "failing", "not failed", "no error"})
  void hasNotFailedOtherwise(@Nullable String state) {
    // When, Then
    assertThat(listed("id", "hours=9", state).hasFailed()).isFalse();
  }

  private static KnowledgeDocument listedAt(String id, String title, @Nullable Instant at) {
    return new KnowledgeDocument(id, title, at, null);
  }
}
