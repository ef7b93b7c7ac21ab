package ai.okchat.operator.knowledge.source;

import ai.okchat.operator.knowledge.document.Omissions;
import ai.okchat.operator.knowledge.document.RejectedFile;
import ai.okchat.operator.knowledge.document.SourceFile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The documents of a source at one reading. The bytes are available until it is closed; afterwards
 * only names, types, digests and lengths stay in memory.
 */
public final class Snapshot implements AutoCloseable {

  private volatile List<SourceFile> documents;
  private final List<RejectedFile> unusable;
  private final Map<String, String> marks;
  private final Workspace workspace;
  private final Omissions omissions;
  private final @Nullable UnfinishedCrawl rest;
  private volatile boolean hasContent;
  private volatile boolean closed;

  /**
   * @param marks values by which the next reading detects unchanged documents
   * @param hasContent whether the bytes of all documents were read this time
   * @param rest the state from which the next fetch continues; null if the reading is complete
   */
  Snapshot(
      List<SourceFile> documents,
      List<RejectedFile> unusable,
      Map<String, String> marks,
      Workspace workspace,
      boolean hasContent,
      Omissions omissions,
      @Nullable UnfinishedCrawl rest) {
    this.documents = List.copyOf(documents);
    this.unusable = List.copyOf(unusable);
    this.marks = Map.copyOf(marks);
    this.workspace = workspace;
    this.hasContent = hasContent;
    this.omissions = omissions;
    this.rest = rest;
  }

  public List<SourceFile> documents() {
    return documents;
  }

  /** Returns the files that cannot be sent, each with the reason. */
  public List<RejectedFile> unusable() {
    return unusable;
  }

  public Omissions omissions() {
    return omissions;
  }

  /** Returns how long the next fetch has to wait; empty if the reading is complete. */
  public Optional<Duration> pause() {
    return rest().map(UnfinishedCrawl::pause);
  }

  Optional<UnfinishedCrawl> rest() {
    return Optional.ofNullable(rest);
  }

  Map<String, String> marks() {
    return marks;
  }

  /** Returns whether the bytes of the documents can be read. */
  public boolean hasContent() {
    return hasContent;
  }

  /** Returns whether the bytes were dropped, because no document remains to be sent. */
  public boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
    hasContent = false;
    documents = documents.stream().map(SourceFile::withoutBytes).toList();
    workspace.close();
  }
}
