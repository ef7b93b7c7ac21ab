package ai.okchat.operator.knowledge.document;

import ai.okchat.operator.okchat.Upload;

/**
 * A document that a bot shall have.
 *
 * @param name as people call it
 */
public record Document(String name, DocumentTitle title, String mediaType, Content content) {

  public Upload upload() {
    return new Upload(title.text(), mediaType, content.length(), content.source());
  }

  /** As in status: {@code sha256:<hex>}. */
  public String digest() {
    return "sha256:" + content.digest();
  }
}
