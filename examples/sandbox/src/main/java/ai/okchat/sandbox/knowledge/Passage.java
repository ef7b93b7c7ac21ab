package ai.okchat.sandbox.knowledge;

/**
 * One chunk of a document.
 *
 * @param text the text for quotes: the content, or the answer of a pair
 * @param block the chunk as Query Knowledge returns it, with its title and number
 */
public record Passage(String title, String text, String block) {

  static Passage ofContent(String title, int number, String text) {
    return new Passage(title, text, head(title, number) + "Content:\n" + text);
  }

  static Passage ofPair(String title, int number, QuestionsAndAnswers.Pair pair) {
    var body = "Question: %s\n\nAnswer: %s".formatted(pair.question(), pair.answer());
    return new Passage(title, pair.answer(), head(title, number) + body);
  }

  private static String head(String title, int number) {
    return "Title: %s\nChunk: %d\n\n".formatted(title, number);
  }
}
