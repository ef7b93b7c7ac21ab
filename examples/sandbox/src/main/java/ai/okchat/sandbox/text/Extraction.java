package ai.okchat.sandbox.text;

import org.jspecify.annotations.Nullable;

/** What became of a document: its text, or else what is wrong with it, in words for its author. */
public record Extraction(@Nullable String text, @Nullable String problem) {

  static Extraction of(String text) {
    return text.isBlank()
        ? failed("holds no text that can be read; pictures of text are not")
        : new Extraction(text.strip(), null);
  }

  public static Extraction failed(String problem) {
    return new Extraction(null, problem);
  }

  /** Says how long the text is: documents must not reach logs. */
  @Override
  public String toString() {
    return problem != null
        ? "Extraction[" + problem + "]"
        : "Extraction[" + (text == null ? 0 : text.length()) + " characters]";
  }
}
