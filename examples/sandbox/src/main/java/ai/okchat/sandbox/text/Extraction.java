package ai.okchat.sandbox.text;

import org.jspecify.annotations.Nullable;

/** The result of reading a document: its text, or the problem, in a message for its author. */
public record Extraction(@Nullable String text, @Nullable String problem) {

  static Extraction of(String text) {
    return text.isBlank()
        ? failed("holds no text that can be read; pictures of text are not")
        : new Extraction(text.strip(), null);
  }

  public static Extraction failed(String problem) {
    return new Extraction(null, problem);
  }

  /** Contains only the length of the text: documents must not reach logs. */
  @Override
  public String toString() {
    return problem != null
        ? "Extraction[" + problem + "]"
        : "Extraction[" + (text == null ? 0 : text.length()) + " characters]";
  }
}
