package ai.okchat.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** B4: the list of documents has no published shape. */
class KnowledgePageTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{'id': 'd1', 'title': 'faq.md'}]",
        "{'data': [{'id': 'd1', 'title': 'faq.md'}]}",
        "{'documents': [{'documentId': 'd1', 'name': 'faq.md'}]}",
        "{'whatever': [{'document_id': 'd1', 'fileName': 'faq.md'}]}",
        "{'data': {'items': [{'id': 'd1', 'file_name': 'faq.md'}]}, 'message': 'ok'}",
        "{'files': [{'id': 'd1', 'filename': 'faq.md', 'chunks': [1, 2]}], 'tags': ['a'], 'errors':"
            + " []}",
        "{'data': [{'id': 'd1', 'title': 'faq.md'}], 'metadata': {'totalPages': 1}}",
        "{'data': [{'id': 'd1', 'title': null, 'name': 'faq.md'}], 'error': null}"
      })
  void findsTheOneArrayOfDocuments(String answer) throws IOException {
    // When
    var page = read(answer);

    // Then
    assertThat(page.documents()).containsExactly(new KnowledgeDocument("d1", "faq.md", null, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{'data': []}",
        "{'data': [], 'metadata': {'totalCount': 0, 'totalPages': 0}}",
        "{'data': {'documents': []}}"
      })
  void takesAnEmptyArrayWhereOneIsExpectedForAnEmptyList(String answer) throws IOException {
    // When
    var page = read(answer);

    // Then
    assertThat(page.documents()).isEmpty();
    assertThat(page.paging().hasMore(1, 0)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'chatbot': {'id': 'b1', 'name': 'Demo'}}",
        "{'chatbot': {}, 'documents': []}",
        "{'chatbot': null, 'documents': [{'id': 'd1', 'title': 'faq.md'}]}",
        "{'error': 'Internal', 'data': []}",
        "{'errors': []}",
        "{'data': [], 'errors': []}",
        "{}",
        "{'message': 'ok'}",
        "{'data': null}",
        "{'data': {'a': {'b': []}}}",
        "{'data': [1, 2]}",
        "{'data': [{'id': 'd1'}]}",
        "{'data': [{'title': 'faq.md'}]}",
        "{'data': [{'id': '', 'title': 'faq.md'}]}",
        "{'data': [{'id': null, 'title': 'faq.md'}]}",
        "{'data': [{'id': 'd1', 'title': 7}]}",
        "{'data': [{'id': 'd1', 'title': 'faq.md'}, {'id': 'd2'}]}",
        "{'a': [{'id': 'd1', 'title': 'x'}], 'b': [{'id': 'd2', 'title': 'y'}]}",
        "[[{'id': 'd1', 'title': 'faq.md'}]]",
        "'text'",
        "7",
        "null",
        "true"
      })
  void rejectsAmbiguousFormats(String answer) {
    assertThatThrownBy(() -> read(answer))
        .isInstanceOfSatisfying(
            UnusableResponseException.class,
            refused -> assertThat(refused.isUnknownShape()).isTrue());
  }

  @Test
  void readsTimeAndStateUnderTheirUsualNames() throws IOException {
    // When
    var page =
        read(
            """
            [{"id": 17, "title": null, "createdAt": "2025-03-06T02:30:18.45229+00:00", "state": "ready"},
             {"id": "d2", "title": "b.md", "created_at": "yesterday", "status": 3}]\
            """);

    // Then
    assertThat(page.documents())
        .containsExactly(
            new KnowledgeDocument("17", "", Instant.parse("2025-03-06T02:30:18.452290Z"), "ready"),
            new KnowledgeDocument("d2", "b.md", null, null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'metadata': {'currentPage': 1, 'totalPages': 2} | true",
        "'metadata': {'currentPage': 2, 'totalPages': 2} | false",
        "'pagination': {'page': 1, 'total_pages': 3} | true",
        "'meta': {'total': 5} | true",
        "'meta': {'total': 1} | false",
        "'total': 2 | true",
        "'total': 2, 'totalPages': 1 | false",
        "'hasMore': true | true",
        "'paging': {'has_next_page': false} | false",
        "'next_cursor': 'abc' | true",
        "'nextPage': null | false",
        "'nextPage': 2 | true",
        "'size': 10 | false"
      })
  void knowsWhetherAPageIsAPart(String fields, boolean hasMore) throws IOException {
    // When
    var page = read("{'data': [{'id': 'd1', 'title': 'faq.md'}], " + fields + "}");

    // Then
    assertThat(page.paging().hasMore(1, 1)).isEqualTo(hasMore);
  }

  @Test
  void findsPagingBesideAListOneLevelDeeperOrAboveIt() throws IOException {
    // When
    var beside = read("{'data': {'items': [{'id': 'd1', 'title': 'x'}], 'total': 2}}");
    var above = read("{'data': {'items': [{'id': 'd1', 'title': 'x'}]}, 'meta': {'total': 2}}");

    // Then
    assertThat(beside.paging().hasMore(1, 1)).isTrue();
    assertThat(above.paging().hasMore(1, 1)).isTrue();
  }

  @Test
  void readsIdThatFitsIntoAStatus() throws IOException {
    // Given
    var id = "i".repeat(128);

    // When
    var page = read("[{'id': '%s', 'title': 'faq.md'}]".formatted(id));

    // Then
    assertThat(page.documents()).containsExactly(new KnowledgeDocument(id, "faq.md", null, null));
  }

  @Test
  void rejectsIdThatDoesNotFitIntoAStatus() {
    // Given
    var list = "[{'id': '%s', 'title': 'faq.md'}]".formatted("i".repeat(129));

    // When, Then
    assertThatThrownBy(() -> read(list))
        .isInstanceOfSatisfying(
            UnusableResponseException.class, e -> assertThat(e.isUnknownShape()).isFalse())
        .hasMessage("has a document with an id of more than 128 characters");
  }

  private static KnowledgePage read(String answer) throws IOException {
    var body = answer.replace('\'', '"').getBytes(UTF_8);
    return KnowledgePageReader.read(
        BoundedListParser.of(new ByteArrayInputStream(body), 100_000), UnaryOperator.identity());
  }
}
