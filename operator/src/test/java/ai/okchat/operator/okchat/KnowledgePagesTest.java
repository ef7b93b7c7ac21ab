package ai.okchat.operator.okchat;

import static ai.okchat.operator.okchat.RecordedBackend.recorded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A list of documents that comes in parts is whole or refused. */
class KnowledgePagesTest {
  private static final String BOT = "5afe16ed-5fd2-4552-a993-903bc9c32bb6";

  @AutoClose private final RecordedBackend backend = new RecordedBackend();
  private final OkChatClient client = backend.client();

  @Test
  void follows_pages_until_the_list_is_whole() {
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
  void a_list_that_always_gives_its_first_page_is_not_understood() {
    // Given
    backend.answers(200, page(1, "a", "b"));
    backend.answers(200, page(1, "a", "b"));

    // When
    var failure = catchThrowableOfType(OkChatException.class, () -> client.listKnowledge(BOT));

    // Then
    assertThat(failure.unknownShape()).isTrue();
    assertThat(failure)
        .hasMessage(
            "Tried to list knowledge at %s (chatbot %s) but the answer announces more documents"
                + " than it can be made to give",
            backend.host(), BOT);
  }

  @Test
  void the_published_placeholder_is_not_an_empty_list() {
    // Given
    backend.answers(200, recorded("list-knowledge-placeholder.json"));

    // When
    var failure = catchThrowableOfType(OkChatException.class, () -> client.listKnowledge(BOT));

    // Then
    assertThat(failure.kind()).isEqualTo(FailureKind.UNEXPECTED_ANSWER);
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
