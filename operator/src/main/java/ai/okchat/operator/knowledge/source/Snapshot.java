package ai.okchat.operator.knowledge.source;

import ai.okchat.operator.knowledge.document.RejectedFile;
import ai.okchat.operator.knowledge.document.SourceFile;
import java.util.List;
import java.util.Map;

/**
 * The documents of a source at one reading. The bytes are available until it is closed; afterwards
 * only names, types, digests and lengths stay in memory.
 */
public final class Snapshot implements AutoCloseable {

  private volatile List<SourceFile> documents;
  private final List<RejectedFile> unusable;
  private final Map<String, String> marks;
  private final Workspace workspace;
  private volatile boolean hasContent;

  /**
   * @param marks values by which the next reading detects unchanged documents
   * @param hasContent whether the bytes of all documents were read this time
   */
  Snapshot(
      List<SourceFile> documents,
      List<RejectedFile> unusable,
      Map<String, String> marks,
      Workspace workspace,
      boolean hasContent) {
    this.documents = List.copyOf(documents);
    this.unusable = List.copyOf(unusable);
    this.marks = Map.copyOf(marks);
    this.workspace = workspace;
    this.hasContent = hasContent;
  }

  public List<SourceFile> documents() {
    return documents;
  }

  /** Returns the files that cannot be sent, each with the reason. */
  public List<RejectedFile> unusable() {
    return unusable;
  }

  Map<String, String> marks() {
    return marks;
  }

  /** Returns whether the bytes of the documents can be read. */
  public boolean hasContent() {
    return hasContent;
  }

  @Override
  public void close() {
    hasContent = false;
    documents = documents.stream().map(SourceFile::withoutBytes).toList();
    workspace.close();
  }
}
