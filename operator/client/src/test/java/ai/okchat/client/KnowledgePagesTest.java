package ai.okchat.client;

import static ai.okchat.client.RecordedBackend.recorded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A list of documents in pages is complete or rejected. */
class KnowledgePagesTest {
  private static final String BOT = "5afe16ed-5fd2-4552-a993-903bc9c32bb6";

  @AutoClose private final RecordedBackend backend = new RecordedBackend();
  private final OkChatClient client = backend.client();

  @Test
  void followsPagesUntilTheListIsWhole() {
    // Given
    backend.answers(200, page(1, "a", "b"));
    backend.answers(200, page(2, "c", "d"));
    backend.answers(200, page(3, "e"));

    // When
    var list = client.listKnowledge(BOT);

    // Then
    assertThat(list.documents())
        .extracting(KnowledgeDocument::id)
        .containsExactly("a", "b", "c", "d", "e");
    assertThat(IntStream.range(0, 3).mapToObj(i -> firstLine(backend.request())))
        .containsExactly(
            "GET /api/external/chatbot/" + BOT + "/knowledge-base",
            "GET /api/external/chatbot/" + BOT + "/knowledge-base?page=2",
            "GET /api/external/chatbot/" + BOT + "/knowledge-base?page=3");
  }

  @Test
  void rejectsListThatAlwaysReturnsItsFirstPage() {
    // Given
    backend.answers(200, page(1, "a", "b"));
    backend.answers(200, page(1, "a", "b"));

    // When
    var failure = catchThrowableOfType(OkChatException.class, () -> client.listKnowledge(BOT));

    // Then
    assertThat(failure.unknownShape()).isTrue();
    assertThat(failure)
        .hasMessage(
            "Tried to list knowledge at %s (chatbot %s) but the response announces more documents"
                + " than it returns",
            backend.host(), BOT);
  }

  @Test
  void publishedPlaceholderIsNotAnEmptyList() {
    // Given
    backend.answers(200, recorded("list-knowledge-placeholder.json"));

    // When
    var failure = catchThrowableOfType(OkChatException.class, () -> client.listKnowledge(BOT));

    // Then
    assertThat(failure.kind()).isEqualTo(FailureKind.UNEXPECTED_RESPONSE);
    assertThat(failure.unknownShape()).isTrue();
    assertThat(failure.mayHaveBeenApplied()).isFalse();
  }

  private static String page(int number, String... ids) {
    var documents = Json.MAPPER.createArrayNode();
    List.of(ids).forEach(id -> documents.addObject().put("id", id).put("title", id + ".md"));
    var answer = Json.MAPPER.createObjectNode();
    answer.putObject("metadata").put("currentPage", number).put("totalPages", 3);
    return answer.set("data", documents).toString();
  }

  private static String firstLine(String request) {
    return request.lines().findFirst().orElse("");
  }
}
