package ai.okchat.sandbox.store;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * A document of a bot's knowledge base, without its content.
 *
 * @param createdAt as the API writes times
 */
public record Document(
    String id, String chatbotId, String title, String createdAt, Visibility visibility) {

  /** Milliseconds since 1970 from which it is listed, and found by queries. */
  public record Visibility(long listedFrom, long readyFrom) {}

  /** What it is made of; the type is the extension of the file that was sent. */
  @SuppressWarnings("ArrayRecordComponent") // Handed over, never compared.
  public record Content(String fileType, byte[] bytes) {
    /** Types that are not text themselves. */
    static final Set<String> TO_BE_READ = Set.of("pdf", "docx", "doc");

    private static final String READ = "txt";

    /** The text that was read out of a document. */
    public static Content read(String text) {
      return new Content(READ, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether its text has to be read out of it first. */
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
