package ai.okchat.planning.document;

/**
 * One file of a source, as it is sent.
 *
 * @param name name for users: a path, a key or a URL; unique in its source
 */
public record SourceFile(String name, FileType type, Content content) {

  /** Returns the same file without its bytes, for the time after its source is closed. */
  public SourceFile withoutBytes() {
    return new SourceFile(name, type, content.withoutBytes());
  }
}
