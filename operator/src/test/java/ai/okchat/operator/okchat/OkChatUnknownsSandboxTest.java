package ai.okchat.operator.okchat;

import static ai.okchat.operator.okchat.RecordedBackend.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the reference leaves open, in each of the ways that the sandbox can fill it. */
class OkChatUnknownsSandboxTest {
  @AutoClose private final SandboxAccount account = new SandboxAccount();
  private final OkChatClient client = account.client();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "documents",
        "bare-array",
        "data-paged",
        "nested",
        "files-filename",
        "results-file-name",
        "items-filename",
        "list-name"
      })
  void every_shape_of_the_knowledge_list_is_read_whole(String shape) {
    // Given
    var bot = account.newBot();
    var files = new ArrayList<Upload>();
    for (var i = 0; i < 25; i++) {
      files.add(SandboxAccount.file("note-" + i + ".md", "Note number " + i));
    }
    client.uploadKnowledge(bot, files);
    account.set("knowledgeListShape", shape);

    // When
    var list = client.listKnowledge(bot);

    // Then
    assertThat(list.documents())
        .extracting(KnowledgeDocument::title)
        .containsExactlyInAnyOrderElementsOf(files.stream().map(Upload::name).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "without-ids, true",
    "without-titles, true",
    "placeholder, true",
    "placeholder-with-documents, true",
    "html, false"
  })
  void every_other_shape_is_refused_and_not_taken_for_an_empty_list(
      String shape, boolean unknownShape) {
    // Given
    var bot = account.newBot();
    client.uploadKnowledge(bot, List.of(SandboxAccount.file("note.md", "A note")));
    account.set("knowledgeListShape", shape);

    // When
    var failure = failureOf(() -> client.listKnowledge(bot));

    // Then
    assertThat(failure.kind()).isEqualTo(FailureKind.UNEXPECTED_ANSWER);
    assertThat(failure.unknownShape()).isEqualTo(unknownShape);
  }

  @Test
  void a_deletion_may_answer_without_a_body() {
    // Given
    var bot = account.newBot();
    account.set("deleteStatus", 204);

    // When
    var wasThere = client.deleteChatbot(bot);

    // Then
    assertThat(wasThere).isTrue();
  }

  @Test
  void a_wrong_key_a_taken_slug_and_a_bad_request_are_told_apart() {
    // Given
    var slug = "bot-" + UUID.randomUUID();
    client.createChatbot(SandboxAccount.body(slug));

    // When
    var wrongKey = failureOf(() -> account.client("0000").listChatbots());
    var taken = failureOf(() -> client.createChatbot(SandboxAccount.body(slug)));
    var bad = failureOf(() -> client.createChatbot(json("{\"name\": 7}")));
    var gone = failureOf(() -> client.updateChatbot(UUID.randomUUID().toString(), json("{}")));

    // Then
    assertThat(List.of(wrongKey, taken, bad, gone))
        .extracting(OkChatException::kind, OkChatException::mayHaveBeenApplied)
        .containsExactly(
            tuple(FailureKind.CREDENTIALS_REJECTED, false),
            tuple(FailureKind.CONFLICT, false),
            tuple(FailureKind.REQUEST_REJECTED, false),
            tuple(FailureKind.NOT_FOUND, false));
    assertThat(bad.detail()).contains("name");
  }

  @ParameterizedTest
  @CsvSource({
    "cut-before, UNAVAILABLE, 0",
    "cut-after, UNAVAILABLE, 1",
    "truncate, UNAVAILABLE, 1",
    "garbage, UNEXPECTED_ANSWER, 0",
    "html, UNEXPECTED_ANSWER, 0"
  })
  void a_create_whose_answer_is_lost_is_sent_once_and_may_have_worked(
      String fault, FailureKind kind, int made) {
    // Given
    var slug = "bot-" + UUID.randomUUID();
    account.failOnce("create-chatbot", fault);

    // When
    var failure = failureOf(() -> client.createChatbot(SandboxAccount.body(slug)));

    // Then
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.mayHaveBeenApplied()).isTrue();
    assertThat(client.listChatbots().stream().filter(bot -> slug.equals(bot.slug()))).hasSize(made);
    assertThat(account.observed)
        .containsExactly(
            "create chatbot: " + kind.name().toLowerCase(Locale.ROOT), "list chatbots: ok");
  }

  private static OkChatException failureOf(ThrowingCallable call) {
    return catchThrowableOfType(OkChatException.class, call);
  }
}
