package ai.okchat.operator.knowledge.ingestion;

import static ai.okchat.operator.knowledge.ingestion.TestDocuments.TAG;
import static ai.okchat.operator.knowledge.ingestion.TestDocuments.document;
import static ai.okchat.operator.knowledge.ingestion.TestDocuments.documents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.okchat.client.FailureKind;
import ai.okchat.client.KnowledgeDocument;
import ai.okchat.client.OkChatException;
import ai.okchat.operator.testing.MovingClock;
import ai.okchat.planning.document.SourceTag;
import ai.okchat.planning.document.Titles;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Results of listing the documents of a bot: only a complete response is a list. */
class KnowledgeListingTest {

  private static final String LIST = "list-knowledge";

  private final MovingClock clock = new MovingClock();
  @AutoClose private final SandboxBot bot = new SandboxBot(clock);

  @Test
  void listsDocumentsOfTheSourceOnly() {
    // Given
    var first = document("hours=9");
    bot.store(first);
    clock.passSeconds(1);
    var second = document("prices=10");
    bot.store(second);
    var others = Titles.assign(SourceTag.of("team", "other"), List.of(TestDocuments.file("x=1")));
    others.forEach(bot::store);

    // When
    var listing = KnowledgeListing.fetch(bot.link(), TAG);

    // Then
    assertThat(listing)
        .isEqualTo(
            new KnowledgeListing.Listed(
                List.of(
                    new KnowledgeDocument(
                        bot.id(first), first.title().text(), MovingClock.START, "completed"),
                    new KnowledgeDocument(
                        bot.id(second),
                        second.title().text(),
                        MovingClock.START.plusSeconds(1),
                        "completed"))));
  }

  @Test
  void listsNothingWhenTheBotHasNoDocument() {
    // When
    var listing = KnowledgeListing.fetch(bot.link(), TAG);

    // Then
    assertThat(listing).isEqualTo(new KnowledgeListing.Listed(List.of()));
  }

  @Test
  void listsDocumentsOfAllPages() {
    // Given
    bot.backend().flip("knowledgeListShape", "data-paged");
    bot.backend().flip("pagedListSize", 2);
    var names = IntStream.range(0, 5).mapToObj("d%1$d=%1$d"::formatted).toArray(String[]::new);
    documents(names).forEach(bot::store);

    // When
    var listed = KnowledgeListing.fetchDocuments(bot.link(), TAG);

    // Then
    assertThat(listed)
        .extracting(KnowledgeDocument::title)
        .containsExactlyInAnyOrderElementsOf(bot.titles());
  }

  @ParameterizedTest
  @CsvSource({
    "placeholder, is a chatbot where a list of documents was expected",
    "without-ids, has no array of objects with an id and a title",
    "without-titles, has no array of objects with an id and a title"
  })
  void returnsUnsupportedFormatWithItsReason(String shape, String reason) {
    // Given
    bot.store(document("hours=9"));
    bot.backend().flip("knowledgeListShape", shape);

    // When
    var listing = KnowledgeListing.fetch(bot.link(), TAG);
    var failure =
        catchThrowableOfType(
            OkChatException.class, () -> KnowledgeListing.fetchDocuments(bot.link(), TAG));

    // Then
    assertThat(listing)
        .isEqualTo(new KnowledgeListing.UnsupportedFormat(String.valueOf(failure.getMessage())));
    assertThat(failure)
        .hasMessageStartingWith("Tried to list knowledge")
        .hasMessageEndingWith(reason);
  }

  @Test
  void returnsNoBotWhenTheBackendDoesNotKnowTheBot() {
    // When
    var listing = KnowledgeListing.fetch(bot.linkTo("another-bot"), TAG);

    // Then
    assertThat(listing).isEqualTo(new KnowledgeListing.NoBot());
  }

  @Test
  void throwsForAnUnknownBotWhenTheListIsRequired() {
    // Given
    var unknown = bot.linkTo("another-bot");

    // When
    var failure =
        catchThrowableOfType(
            OkChatException.class, () -> KnowledgeListing.fetchDocuments(unknown, TAG));

    // Then
    assertThat(failure.kind()).isEqualTo(FailureKind.NOT_FOUND);
  }

  @ParameterizedTest
  @CsvSource({
    "401, CREDENTIALS_REJECTED",
    "403, CREDENTIALS_REJECTED",
    "400, REQUEST_REJECTED",
    "429, RATE_LIMITED",
    "500, UNAVAILABLE",
    "503, UNAVAILABLE"
  })
  void throwsErrorResponse(int status, FailureKind kind) {
    // Given
    bot.fault(LIST, "status", Map.of("status", status));

    // When
    var failure = fetchFails();

    // Then
    assertThat(failure.kind()).isEqualTo(kind);
  }

  @Test
  void throwsResponseOfAProxyInsteadOfNoBot() {
    // Given
    var headers = Map.of("Content-Type", "text/plain");
    bot.fault(LIST, "status", Map.of("status", 404, "body", "Not found", "headers", headers));

    // When
    var failure = fetchFails();

    // Then
    assertThat(failure.kind()).isEqualTo(FailureKind.UNEXPECTED_RESPONSE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"html", "garbage", "truncate", "cut-before"})
  void throwsWhenTheResponseIsNotComplete(String kind) {
    // Given
    bot.store(document("hours=9"));
    bot.fault(LIST, kind, Map.of());

    // When
    var failure = fetchFails();

    // Then
    assertThat(failure.unknownShape()).isFalse();
    assertThat(failure.kind()).isIn(FailureKind.UNAVAILABLE, FailureKind.UNEXPECTED_RESPONSE);
  }

  private OkChatException fetchFails() {
    return catchThrowableOfType(
        OkChatException.class, () -> KnowledgeListing.fetch(bot.link(), TAG));
  }
}
