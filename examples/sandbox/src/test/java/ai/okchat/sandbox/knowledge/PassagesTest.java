package ai.okchat.sandbox.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.sandbox.store.Document.Content;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PassagesTest {

  @Test
  void shortParagraphsShareAPassage() {
    // When
    var passages = of("md", "# Hours\r\n\r\nOpen at nine.\n\n\nClosed on Sunday.");

    // Then
    assertThat(passages)
        .containsExactly(
            new Passage(
                "a.md",
                "# Hours\n\nOpen at nine.\n\nClosed on Sunday.",
                "Title: a.md\nChunk: 1\n\nContent:\n"
                    + "# Hours\n\nOpen at nine.\n\nClosed on Sunday."));
  }

  @Test
  void splitsLongTextBetweenParagraphsWithoutLoss() {
    // Given
    var paragraphs = List.of("a".repeat(600), "b".repeat(600), "c".repeat(300));

    // When
    var passages = of("md", String.join("\n\n", paragraphs));

    // Then
    assertThat(passages)
        .extracting(Passage::text)
        .containsExactly("a".repeat(600), "b".repeat(600) + "\n\n" + "c".repeat(300));
    assertThat(passages.get(1).block()).startsWith("Title: a.md\nChunk: 2\n\nContent:\n");
  }

  @Test
  void splitsLongParagraphAfterASentence() {
    // Given
    var sentence = "All of our shops are open. ";

    // When
    var passages = of("md", sentence.repeat(60));

    // Then
    assertThat(passages)
        .extracting(Passage::text)
        .allSatisfy(
            text ->
                assertThat(text).hasSizeLessThanOrEqualTo(Passages.MAX_LENGTH).endsWith("open."));
    assertThat(String.join(" ", passages.stream().map(Passage::text).toList()))
        .isEqualTo(sentence.repeat(60).strip());
  }

  @Test
  void splitsLongWordBetweenCharacters() {
    // Given
    var word = "a" + "\uD83D\uDE00".repeat(900);

    // When
    var passages = of("md", word);

    // Then
    assertThat(String.join("", passages.stream().map(Passage::text).toList())).isEqualTo(word);
    assertThat(passages)
        .extracting(Passage::text)
        .noneMatch(text -> Character.isHighSurrogate(text.charAt(text.length() - 1)));
  }

  @Test
  void eachPairIsAPassageThatQuotesItsAnswer() {
    // When
    var passages = of("json", "[{\"question\": \"Where?\", \"answer\": \"Here.\"}]");

    // Then
    assertThat(passages)
        .containsExactly(
            new Passage(
                "a.json", "Here.", "Title: a.json\nChunk: 1\n\nQuestion: Where?\n\nAnswer: Here."));
  }

  @Test
  void blankTextAndUnreadTypesHaveNoPassages() {
    // When
    var passages = List.of(of("md", " \n\n "), of("pdf", "%PDF"), of("docx", "PK"));

    // Then
    assertThat(passages).allSatisfy(none -> assertThat(none).isEmpty());
  }

  private static List<Passage> of(String type, String text) {
    var content = new Content(type, text.getBytes(StandardCharsets.UTF_8));
    return Passages.of("a." + type, content);
  }
}
