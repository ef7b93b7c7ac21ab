package ai.okchat.operator.knowledge.source;

import ai.okchat.operator.knowledge.document.SourceDocument;
import ai.okchat.operator.knowledge.document.Unusable;
import java.util.List;
import java.util.Map;

/**
 * What a source held when it was read. Its bytes are there until it is closed; afterwards only
 * names, types, digests and lengths stay in memory.
 */
public final class Snapshot implements AutoCloseable {

  private volatile List<SourceDocument> documents;
  private final List<Unusable> unusable;
  private final Map<String, String> marks;
  private final Workspace workspace;
  private volatile boolean hasContent;

  /**
   * As read.
   *
   * @param marks by which the source can tell next time what has not changed
   * @param hasContent whether the bytes of all documents were read this time
   */
  Snapshot(
      List<SourceDocument> documents,
      List<Unusable> unusable,
      Map<String, String> marks,
      Workspace workspace,
      boolean hasContent) {
    this.documents = List.copyOf(documents);
    this.unusable = List.copyOf(unusable);
    this.marks = Map.copyOf(marks);
    this.workspace = workspace;
    this.hasContent = hasContent;
  }

  public List<SourceDocument> documents() {
    return documents;
  }

  /** Files that can not be sent, each with the reason. */
  public List<Unusable> unusable() {
    return unusable;
  }

  Map<String, String> marks() {
    return marks;
  }

  /** Whether the bytes of the documents can be read. */
  public boolean hasContent() {
    return hasContent;
  }

  @Override
  public void close() {
    hasContent = false;
    documents = documents.stream().map(SourceDocument::withoutBytes).toList();
    workspace.close();
  }
}
