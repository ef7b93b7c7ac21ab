package ai.okchat.planning.document;

/**
 * A file of a source that cannot be sent, while the others continue.
 *
 * @param name name for users
 * @param why one sentence with the user action
 * @param unavailable whether the site does not serve it; otherwise its type, encoding, length or
 *     content cannot be sent
 */
public record RejectedFile(String name, String why, boolean unavailable) {

  /** Creates a file whose content cannot be sent. */
  public RejectedFile(String name, String why) {
    this(name, why, false);
  }
}
