package ai.okchat.operator.knowledge;

import static ai.okchat.operator.knowledge.QueriedBot.passage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.okchat.api.v1alpha1.RetrievalCheck;
import ai.okchat.client.OkChatException;
import ai.okchat.client.QueryResult.Passage;
import ai.okchat.operator.testing.MovingClock;
import ai.okchat.planning.document.Content;
import ai.okchat.planning.document.Document;
import ai.okchat.planning.document.FileType;
import ai.okchat.planning.document.SourceFile;
import ai.okchat.planning.document.SourceTag;
import ai.okchat.planning.document.Titles;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One retrieval check passes when a passage is similar enough and of the expected document. */
class RetrievalQuestionTest {

  private static final String QUERY = "When do you open?";
  private static final SourceTag TAG = SourceTag.of("team", "docs");
  private static final Document HOURS = document(TAG, "hours.md", "Nine.");
  private static final Document PRICES = document(TAG, "prices.md", "Ten euros.");
  private static final RetrievalResult PASSED = new RetrievalResult.Passed();

  @AutoClose private final QueriedBot bot = new QueriedBot(new MovingClock());

  @ParameterizedTest
  @CsvSource({"0.7, 0.7, true", "0.7, 0.6999, false", "0, 0, true", "1, 1, true", "1, 0.99, false"})
  void passesFromTheLeastSimilarityOn(double least, double similarity, boolean passes) {
    // Given
    bot.finds(QUERY, passage(title(HOURS), similarity));

    // When
    var verdict = ask("hours.md", least);

    // Then
    assertThat(verdict)
        .isEqualTo(
            passes
                ? PASSED
                : failed(
                    "does not find the document hours.md with a similarity of at least %s."
                        .formatted(least == 1 ? "1.00" : "0.70")));
  }

  @Test
  void acceptsAnySimilarityWhenTheCheckNamesNone() {
    // Given
    bot.finds(QUERY, passage(title(HOURS), -1));

    // When
    var verdict = ask("hours.md", null);

    // Then
    assertThat(verdict).isEqualTo(PASSED);
  }

  @Test
  void findsTheExpectedDocumentAmongOthersInAnyOrder() {
    // Given
    bot.finds(QUERY, passage(title(PRICES), 0.9), passage(title(HOURS), 0.5));

    // When
    var verdict = ask("hours.md", 0.5);

    // Then
    assertThat(verdict).isEqualTo(PASSED);
  }

  @Test
  void failsWhenOnlyAnotherDocumentIsSimilarEnough() {
    // Given
    bot.finds(QUERY, passage(title(PRICES), 0.9), passage(title(HOURS), 0.5));

    // When
    var verdict = ask("hours.md", 0.8);

    // Then
    assertThat(verdict)
        .isEqualTo(
            failed("does not find the document hours.md with a similarity of at least 0.80."));
  }

  @Test
  void failsWhenTheBotFindsAnOlderVersionOrTheDocumentOfAnotherSource() {
    // Given
    var older = document(TAG, "hours.md", "Eight.");
    var foreign = document(SourceTag.of("team", "other"), "hours.md", "Nine.");
    bot.finds(
        QUERY,
        passage(title(older), 1),
        passage(title(foreign), 1),
        passage("hours.md", 1),
        passage("", 1),
        new Passage("Nine. " + title(HOURS), 1),
        new Passage("", 1));

    // When
    var verdict = ask("hours.md", null);

    // Then
    assertThat(verdict).isEqualTo(failed("does not find the document hours.md."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"hours.22e634.%s.md", "uploads/HOURS.22e634.%s", "hours_22e634_%s_md"})
  void recognizesTitleThatTheBackendChanged(String changed) {
    // Given
    bot.finds(QUERY, passage(changed.formatted(HOURS.title().contentTag()), 1));

    // When
    var verdict = ask("hours.md", null);

    // Then
    assertThat(verdict).isEqualTo(PASSED);
  }

  @Test
  void acceptsDocumentOfAnySourceWhenTheCheckExpectsNone() {
    // Given
    bot.finds(QUERY, passage("A page that a user added", 0.4));

    // When
    var verdicts = List.of(ask(null, null), ask(null, 0.4), ask(null, 0.41));

    // Then
    assertThat(verdicts)
        .containsExactly(
            PASSED,
            PASSED,
            failed("finds nothing with a similarity of at least 0.41 in the bot's documents."));
  }

  @Test
  void failsWhenTheBotFindsNothing() {
    // When
    var verdict = ask(null, null);

    // Then
    assertThat(verdict).isEqualTo(failed("finds nothing in the bot's documents."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"hours", "HOURS.md", "hours.md ", "opening.md"})
  void sendsNoQueryWhenTheSourceDoesNotHaveTheExpectedDocument(String expected) {
    // When
    var verdict = ask(expected, null);

    // Then
    assertThat(verdict)
        .isEqualTo(
            failed(
                "expects the document "
                    + expected
                    + ", which the source does not have. Name one of its documents."));
    assertThat(bot.takeQueries()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"100%", "%s %d %n", "$1 \\ {}", "'quoted'"})
  void quotesQueryAndDocumentAsTheyAre(String text) {
    // Given
    var documents = List.of(document(TAG, text, "Nine."));
    var question = new RetrievalQuestion(new RetrievalCheck(text, text, 0.5), documents, TAG);

    // When
    var verdict = question.ask(bot.link());

    // Then
    assertThat(verdict)
        .isEqualTo(
            new RetrievalResult.Failed(
                "The query '"
                    + text
                    + "' does not find the document "
                    + text
                    + " with a similarity of at least 0.50."));
  }

  @Test
  void throwsWhenTheBackendDoesNotRespond() {
    // Given
    bot.respondsWith(500);

    // When, Then
    assertThatThrownBy(() -> ask("hours.md", null)).isInstanceOf(OkChatException.class);
  }

  private RetrievalResult ask(@Nullable String expected, @Nullable Double least) {
    var check = new RetrievalCheck(QUERY, expected, least);
    return new RetrievalQuestion(check, List.of(HOURS, PRICES), TAG).ask(bot.link());
  }

  private static RetrievalResult failed(String words) {
    return new RetrievalResult.Failed("The query 'When do you open?' " + words);
  }

  private static String title(Document document) {
    return document.title().text();
  }

  private static Document document(SourceTag tag, String name, String text) {
    var content = Content.of(text.getBytes(StandardCharsets.UTF_8));
    var file = new SourceFile(name, FileType.MARKDOWN, content);
    return Titles.assign(tag, List.of(file)).getFirst();
  }
}
