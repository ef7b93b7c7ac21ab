package ai.okchat.client;

import static ai.okchat.client.RecordedBackend.KEY;
import static ai.okchat.client.RecordedBackend.TIMEOUT;
import static ai.okchat.client.RecordedBackend.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.POJONode;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Limits of a response: each bound itself, and one above it. */
class ListLimitsTest {
  private static final String BOT = "3317853e-0af2-427d-a56f-351a9587f48f";
  private static final int MIB = 1024 * 1024;

  @AutoClose private final RecordedBackend backend = new RecordedBackend();
  private final OkChatClient client = backend.client();

  @Test
  @DisplayName("T60: a list has no bound as a whole")
  void readsListsOfAnyLength() {
    // Given: 20 MiB, and more than 200,000 tokens.
    var prompt = "p".repeat(MIB);
    var fields =
        IntStream.range(0, 4_000)
            .mapToObj(i -> "\"t%d\": 1".formatted(i))
            .collect(Collectors.joining(", "));
    backend.answers(
        200,
        "{\"chatbots\": [%s, %s]}"
            .formatted(
                bots(20, "\"settings\": {\"prompt\": \"" + prompt + "\"}"),
                IntStream.range(20, 60)
                    .mapToObj(i -> "{\"id\": \"b%d\", %s}".formatted(i, fields))
                    .collect(Collectors.joining(", "))));

    // When
    var bots = client.listChatbots();

    // Then
    assertThat(bots).hasSize(60);
    assertThat(bots.getFirst().fields().at("/settings/prompt"))
        .isEqualTo(new POJONode(LongText.of(prompt)));
    assertThat(bots).allSatisfy(bot -> assertThat(bot.weight()).isLessThan(64 * 1024));
  }

  @Test
  @DisplayName("T60: one bot may have 4 MiB")
  void boundsEachBot() {
    // Given
    var frugal =
        backend.client(
            new Endpoint(backend.url("/"), KEY, TIMEOUT), new ResponseLimits(100_000, 100_000));
    var empty = "{\"id\": \"b\", \"prompt\": \"\"}".length();
    var longest = "{\"id\": \"b\", \"prompt\": \"%s\"}".formatted("p".repeat(100_000 - empty));
    backend.answers(200, "{\"chatbots\": [" + longest + ", " + longest + "]}");
    backend.answers(
        200, "{\"chatbots\": [" + longest.replace("\"b\"", "\"b2\"") + ", " + longest + "]}");

    // When
    var bots = frugal.listChatbots();
    var failure = failureOf(frugal::listChatbots);

    // Then
    assertThat(bots).hasSize(2);
    assertThat(failure)
        .hasMessageEndingWith("but the response has a chatbot of more than 100000 bytes");
    assertThat(failure.isConfined()).isTrue();
    assertThat(failure.unknownShape()).isFalse();
  }

  @Test
  @DisplayName("T61: an account may have 50,000 bots")
  void boundsTheNumberOfBots() {
    // Given
    backend.answers(200, "{\"chatbots\": [" + bots(50_000, "\"x\": 1") + "]}");
    backend.answers(200, "{\"chatbots\": [" + bots(50_001, "\"x\": 1") + "]}");

    // When
    var bots = client.listChatbots();
    var failure = failureOf(client::listChatbots);

    // Then
    assertThat(bots).hasSize(50_000);
    assertThat(failure).hasMessageEndingWith("but the response has more than 50000 chatbots");
  }

  @Test
  @DisplayName("T61: the fields of a bot that are kept have a bound, whatever they are")
  void boundsStoredFieldsOfABot() {
    // Given
    var fields =
        IntStream.range(0, 8_000)
            .mapToObj(i -> "\"field%d\": 1".formatted(i))
            .collect(Collectors.joining(", "));
    backend.answers(200, "{\"chatbots\": [" + bots(1, fields) + "]}");

    // When
    var failure = failureOf(client::listChatbots);

    // Then
    assertThat(failure)
        .hasMessageEndingWith(
            "but the response has a chatbot of more than 65536 bytes besides its long texts");
  }

  @Test
  @DisplayName("T61: 4 MiB of brackets are not read into memory")
  void boundsTokensOfABotAndOfOtherResponses() {
    // Given
    var brackets = "[],".repeat(100_001) + "[]";
    backend.answers(200, "{\"chatbots\": [" + bots(1, "\"x\": [" + brackets + "]") + "]}");
    backend.answers(200, "{\"chatbot\": {\"id\": \"%s\", \"x\": [%s]}}".formatted(BOT, brackets));

    // When
    var ofList = failureOf(client::listChatbots);
    var ofBot = failureOf(() -> client.getChatbot(BOT));

    // Then
    assertThat(ofList).hasMessageEndingWith("the response has a part of more than 200000 tokens");
    assertThat(ofBot)
        .hasMessageEndingWith(
            "the response has more than 200000 tokens, nesting of more than 100 levels, or a text"
                + " of more than 4194304 characters");
    assertThat(ofBot.kind()).isEqualTo(FailureKind.UNEXPECTED_RESPONSE);
  }

  @Test
  @DisplayName("T61: a response may be 100 levels deep")
  void boundsTheDepth() {
    // Given: the bot is at the second level.
    backend.answers(200, "{\"chatbot\": " + deep(99) + "}");
    backend.answers(200, "{\"chatbot\": " + deep(100) + "}");

    // When
    var bot = client.getChatbot(BOT);
    var failure = failureOf(() -> client.getChatbot(BOT));

    // Then
    assertThat(bot).isPresent();
    assertThat(failure).hasMessageContaining("nesting of more than 100 levels");
  }

  @Test
  @DisplayName("T61: elements that are not documents are skipped, not kept")
  void skipsElementsThatAreNoDocuments() {
    // Given
    backend.answers(200, "{\"documents\": [" + "[],".repeat(1_400_000) + "[]]}");

    // When
    var failure = failureOf(() -> client.listKnowledge(BOT));

    // Then
    assertThat(failure)
        .hasMessageEndingWith("the response has no array of objects with an id and a title");
  }

  @Test
  @DisplayName("T61: a listed document may have 64 KiB")
  void boundsEachDocument() {
    // Given
    var empty = "{\"id\": \"d\", \"title\": \"t\", \"text\": \"\"}".length();
    var document = "{\"id\": \"d\", \"title\": \"t\", \"text\": \"%s\"}";
    backend.answers(200, "[" + document.formatted("x".repeat(64 * 1024 - empty)) + "]");
    backend.answers(200, "[" + document.formatted("x".repeat(64 * 1024 - empty + 1)) + "]");

    // When
    var list = client.listKnowledge(BOT);
    var failure = failureOf(() -> client.listKnowledge(BOT));

    // Then
    assertThat(list.documents()).containsExactly(new KnowledgeDocument("d", "t", null, null));
    assertThat(failure)
        .hasMessageEndingWith("the response has a document of more than 65536 bytes");
    assertThat(failure.unknownShape()).isFalse();
  }

  @Test
  @DisplayName("T61: a bot may have 100,000 documents, and 16 MiB of their names")
  void boundsTheNumberOfDocuments() {
    // Given
    backend.answers(200, documents(100_000, "t"));
    backend.answers(200, documents(100_001, "t"));
    backend.answers(200, documents(300, "t".repeat(60_000)));

    // When
    var list = client.listKnowledge(BOT);
    var tooMany = failureOf(() -> client.listKnowledge(BOT));
    var tooLong = failureOf(() -> client.listKnowledge(BOT));

    // Then
    assertThat(list.documents()).hasSize(100_000);
    assertThat(tooMany).hasMessageEndingWith("the response has more than 100000 documents");
    assertThat(tooLong)
        .hasMessageEndingWith(
            "the response has ids, titles and states of more than 16777216 characters");
  }

  @Test
  void neverSendsADigestInPlaceOfAText() {
    // Given
    var listed =
        new Bot("b", null, null, json("{\"id\": \"b\", \"prompt\": \"%s\"}".formatted(longText())))
            .abridged();

    // Then
    assertThatIllegalStateException()
        .isThrownBy(() -> client.updateChatbot(BOT, listed.fields()))
        .withMessage("A digest of a text must not be sent in its place");
    assertThat(backend.requests()).isZero();
  }

  @Test
  void keepsShortTextsAndTellsLongOnesApart() {
    // Given
    var short1 = "{\"id\": \"b\", \"a\": \"%s\"}".formatted("x".repeat(1024));
    var long1 = "{\"id\": \"b\", \"a\": {\"b/c\": \"%s\"}}".formatted(longText());
    var long2 = long1.replace("xx", "xy");

    // When
    var kept = new Bot("b", null, null, json(short1)).abridged();
    var one = new Bot("b", null, null, json(long1)).abridged();

    // Then
    assertThat(kept.fields()).isEqualTo(json(short1));
    assertThat(one)
        .isEqualTo(new Bot("b", null, null, json(long1)).abridged())
        .isNotEqualTo(new Bot("b", null, null, json(long2)).abridged());
    assertThat(one.abridged()).isEqualTo(one);
    assertThat(one.fields().path("a").path("b/c")).isEqualTo(new POJONode(LongText.of(longText())));
  }

  private static String longText() {
    return "x".repeat(1025);
  }

  private static String deep(int levels) {
    var inner = levels - 1;
    return "{\"id\": \"" + BOT + "\", \"x\": " + "[".repeat(inner) + "]".repeat(inner) + "}";
  }

  private static String bots(int count, String fields) {
    return IntStream.range(0, count)
        .mapToObj(i -> "{\"id\": \"b%d\", %s}".formatted(i, fields))
        .collect(Collectors.joining(","));
  }

  private static String documents(int count, String title) {
    return IntStream.range(0, count)
        .mapToObj(i -> "{\"id\": \"d%d\", \"title\": \"%s\"}".formatted(i, title))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static OkChatException failureOf(ThrowingCallable call) {
    return catchThrowableOfType(OkChatException.class, call);
  }
}
