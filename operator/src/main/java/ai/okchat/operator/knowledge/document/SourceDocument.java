package ai.okchat.operator.knowledge.document;

/**
 * One file of a source, as it is to be sent.
 *
 * @param name what people call it: a path, a key, a link; unique in its source
 */
public record SourceDocument(String name, FileType type, Content content) {

  /** The same document, after its source was closed. */
  public SourceDocument withoutBytes() {
    return new SourceDocument(name, type, content.withoutBytes());
  }
}
