package ai.okchat.sandbox.store;

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
  public record Content(String fileType, byte[] bytes) {}

  public boolean isListed(long now) {
    return visibility.listedFrom() <= now;
  }

  public boolean isReady(long now) {
    return visibility.readyFrom() <= now;
  }
}
