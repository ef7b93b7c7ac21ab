package ai.okchat.operator.knowledge.source;

import ai.okchat.planning.document.Omissions;
import ai.okchat.planning.document.RejectedFile;
import ai.okchat.planning.document.SourceFile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import okio.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * The documents of a source at one reading. The bytes are available until it is closed; afterwards
 * only names, types, digests and lengths stay in memory.
 */
public final class Snapshot implements AutoCloseable {

  /** Approximate bytes of a document, a rejected file or a mark without its texts. */
  private static final int WEIGHT = 250;

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

  /**
   * Returns the approximate bytes that stay in memory when it is closed: a site or a repository
   * determines the names of its documents.
   */
  public long weight() {
    var names =
        Stream.of(
                documents.stream().map(SourceFile::name),
                unusable.stream().map(file -> file.name() + file.why()),
                omissions.unread().stream(),
                marks.entrySet().stream().map(mark -> mark.getKey() + mark.getValue()))
            .flatMap(Function.identity())
            .mapToLong(name -> WEIGHT + Utf8.size(name))
            .sum();
    return names + rest().map(UnfinishedCrawl::weight).orElse(0L);
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
