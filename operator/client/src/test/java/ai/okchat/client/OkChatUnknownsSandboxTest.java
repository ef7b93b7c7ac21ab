package ai.okchat.client;

import static ai.okchat.client.RecordedBackend.json;
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

/** Behaviour that the API reference does not define, in each form that the sandbox has. */
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
  void readsEverySupportedListFormat(String shape) {
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
  void rejectsEveryOtherListFormat(String shape, boolean unknownShape) {
    // Given
    var bot = account.newBot();
    client.uploadKnowledge(bot, List.of(SandboxAccount.file("note.md", "A note")));
    account.set("knowledgeListShape", shape);

    // When
    var failure = failureOf(() -> client.listKnowledge(bot));

    // Then
    assertThat(failure.kind()).isEqualTo(FailureKind.UNEXPECTED_RESPONSE);
    assertThat(failure.unknownShape()).isEqualTo(unknownShape);
  }

  @Test
  void acceptsDeletionResponseWithoutBody() {
    // Given
    var bot = account.newBot();
    account.set("deleteStatus", 204);

    // When
    var wasThere = client.deleteChatbot(bot);

    // Then
    assertThat(wasThere).isTrue();
  }

  @Test
  void distinguishesWrongKeyTakenSlugAndBadRequest() {
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
    "garbage, UNEXPECTED_RESPONSE, 0",
    "html, UNEXPECTED_RESPONSE, 0"
  })
  void createWithALostResponseIsSentOnceAndAmbiguous(String fault, FailureKind kind, int made) {
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
