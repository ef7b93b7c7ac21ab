package ai.okchat.operator.knowledge.source;

import ai.okchat.operator.knowledge.document.SourceDocument;
import ai.okchat.operator.knowledge.document.Unusable;
import java.util.List;

/** What a source held when it was read; its bytes are there until it is closed. */
public final class Snapshot implements AutoCloseable {

  private final List<SourceDocument> documents;
  private final List<Unusable> unusable;
  private final Workspace workspace;
  private volatile boolean closed;

  Snapshot(List<SourceDocument> documents, List<Unusable> unusable, Workspace workspace) {
    this.documents = List.copyOf(documents);
    this.unusable = List.copyOf(unusable);
    this.workspace = workspace;
  }

  public List<SourceDocument> documents() {
    return documents;
  }

  /** Files that can not be sent, each with the reason. */
  public List<Unusable> unusable() {
    return unusable;
  }

  /** Whether the bytes of the documents can still be read. */
  public boolean hasContent() {
    return !closed;
  }

  @Override
  public void close() {
    closed = true;
    workspace.close();
  }
}
