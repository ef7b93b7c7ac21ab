package ai.okchat.operator.knowledge.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.okchat.api.v1alpha1.FaqPair;
import ai.okchat.api.v1alpha1.InlineDocument;
import ai.okchat.operator.fetch.SourceException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Documents and pairs in the spec, and the limits of all sources. */
class WrittenSourcesTest {

  @Test
  void inlineDocumentsAreMarkdown() {
    // Given
    var documents =
        List.of(new InlineDocument("hours", "9 to 5"), new InlineDocument("names", "Zoë"));

    // When
    var read = new InlineDocuments(documents, Contents.LIMITS).read(Optional.empty());

    // Then
    assertThat(Contents.texts(read)).isEqualTo(Map.of("hours", "9 to 5", "names", "Zoë"));
  }

  @Test
  void splitsPairsAtTheDocumentedLength() {
    // Given
    var pairs = List.of(new FaqPair("a?", "1"), new FaqPair("b?", "2"), new FaqPair("c?", "3"));

    // When
    var read = new FaqFiles(pairs, Contents.LIMITS, 70).read(Optional.empty());

    // Then
    assertThat(Contents.texts(read))
        .isEqualTo(
            Map.of(
                "faq-1",
                "[{\"question\":\"a?\",\"answer\":\"1\"},\n{\"question\":\"b?\",\"answer\":\"2\"}]",
                "faq-2",
                "[{\"question\":\"c?\",\"answer\":\"3\"}]"));
  }

  @Test
  void reportsTooLongDocumentSeparately() {
    // Given
    var limits = new ContentLimits(4, 10, 100, Duration.ofMinutes(1));
    var documents = List.of(new InlineDocument("a", "12345"), new InlineDocument("b", "1234"));

    // When
    var read = new InlineDocuments(documents, limits).read(Optional.empty());

    // Then
    assertThat(Contents.texts(read)).containsOnlyKeys("b");
    assertThat(Contents.reasons(read)).containsOnlyKeys("a");
  }

  @Test
  void rejectsSourceWithTooManyFiles() {
    // Given
    var limits = new ContentLimits(100, 1, 100, Duration.ofMinutes(1));
    var documents = List.of(new InlineDocument("a", "1"), new InlineDocument("b", "2"));

    // When, Then
    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(() -> new InlineDocuments(documents, limits).read(Optional.empty()))
        .withMessageContaining("more than 1 files");
  }
}
