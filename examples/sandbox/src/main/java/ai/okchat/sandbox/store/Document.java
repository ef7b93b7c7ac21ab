package ai.okchat.sandbox.store;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * A document of a bot's knowledge base, without its content.
 *
 * @param createdAt in the time format of the API
 */
public record Document(
    String id, String chatbotId, String title, String createdAt, Visibility visibility) {

  /** Milliseconds since 1970 from which lists and queries return the document. */
  public record Visibility(long listedFrom, long readyFrom) {}

  /** The content of a document; the type is the extension of the uploaded file. */
  @SuppressWarnings("ArrayRecordComponent") // Handed over, never compared.
  public record Content(String fileType, byte[] bytes) {
    /** File types whose text has to be extracted. */
    static final Set<String> TO_BE_READ = Set.of("pdf", "docx", "doc");

    private static final String READ = "txt";

    /** Returns the extracted text of a document as content. */
    public static Content read(String text) {
      return new Content(READ, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns whether the text has to be extracted first. */
    public boolean isToBeRead() {
      return TO_BE_READ.contains(fileType);
    }
  }

  public boolean isListed(long now) {
    return visibility.listedFrom() <= now;
  }

  public boolean isReady(long now) {
    return visibility.readyFrom() <= now;
  }
}
