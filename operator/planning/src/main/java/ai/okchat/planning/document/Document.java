package ai.okchat.planning.document;

import ai.okchat.client.Upload;

/**
 * A document that a bot should have.
 *
 * @param name name for users
 */
public record Document(String name, DocumentTitle title, String mediaType, Content content) {

  public Upload upload() {
    return new Upload(title.text(), mediaType, content.length(), content.source());
  }

  /** Returns the digest as in the status: {@code sha256:<hex>}. */
  public String digest() {
    return "sha256:" + content.digest();
  }
}
