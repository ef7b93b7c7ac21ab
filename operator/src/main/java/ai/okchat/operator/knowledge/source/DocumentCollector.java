package ai.okchat.operator.knowledge.source;

import ai.okchat.operator.fetch.SourceException;
import ai.okchat.operator.fetch.TemporarySpace;
import ai.okchat.operator.knowledge.document.Content;
import ai.okchat.operator.knowledge.document.FileType;
import ai.okchat.operator.knowledge.document.Omissions;
import ai.okchat.operator.knowledge.document.RejectedFile;
import ai.okchat.operator.knowledge.document.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects the files of a source: checks type and size, converts HTML to Markdown, and keeps
 * rejected files apart, so that the others continue.
 */
final class DocumentCollector {

  static final String TYPES = ".pdf, .md, .mdx, .docx, .doc, .csv, .json, .txt and .html";

  static final String TOO_MUCH_HTML =
      "The page is longer than %d MiB of HTML, which is the limit."
          .formatted(Markdown.MAX_HTML >> 20);

  static final String TOO_MANY_ELEMENTS =
      "The page has more than %d elements, which is the limit.".formatted(Markdown.MAX_ELEMENTS);

  /** Bytes of UTF-8; a longer name is passed to no glob and no regular expression. */
  static final int MAX_NAME_BYTES = 1024;

  private static final int SHOWN_OF_NAME = 100;

  /** Characters of all marks of a source; they stay in memory until the source is read again. */
  private static final int MOST_OF_MARKS = 1024 * 1024;

  private final ContentLimits limits;

  /** From {@link System#nanoTime}, because the wall clock may step. */
  private final long start = System.nanoTime();

  private final Workspace workspace;
  private final List<SourceFile> documents = new ArrayList<>();
  private final List<RejectedFile> unusable = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final Map<String, String> marks = new HashMap<>();
  private int lengthOfMarks;
  private long totalBytes;
  private boolean hasContent = true;
  private Omissions omissions = Omissions.NONE;
  private @Nullable UnfinishedCrawl rest;

  /** Adds the files of one source. */
  @FunctionalInterface
  interface Filling {
    void fill(DocumentCollector collector) throws IOException;
  }

  private DocumentCollector(ContentLimits limits) {
    this.limits = limits;
    this.workspace = new Workspace(limits.room());
  }

  /**
   * Reads all files of a source. Removes the temporary files if that fails.
   *
   * @throws SourceException if the source cannot be read
   */
  static Snapshot read(ContentLimits limits, Filling filling) {
    var collector = new DocumentCollector(limits);
    var isComplete = false;
    try {
      filling.fill(collector);
      collector.workspace.finish();
      isComplete = true;
      return collector.snapshot();
    } catch (TemporarySpace.FullException e) {
      throw e.asSourceException();
    } catch (IOException e) {
      throw new SourceException(
          "The documents cannot be stored until they are uploaded (%s). Check the free space of the operator's temporary folder."
              .formatted(e.getClass().getSimpleName()),
          true);
    } finally {
      if (!isComplete) {
        collector.workspace.close();
      }
    }
  }

  /**
   * Adds a document that has not changed since the previous reading; its bytes are not available.
   */
  void keep(SourceFile document) {
    hasContent = false;
    add(document.name(), document.type(), document.content().withoutBytes());
  }

  /**
   * Records a value by which the next reading detects that a page or commit has not changed. A
   * value that exceeds {@link #MOST_OF_MARKS} is dropped; the page is then read in any case.
   */
  void mark(String key, String value) {
    lengthOfMarks += key.length() + value.length();
    if (lengthOfMarks <= MOST_OF_MARKS) {
      marks.put(key, value);
    }
  }

  /**
   * Checks the time limit; called between any two slow steps.
   *
   * @throws SourceException if the time limit of the source has passed
   */
  void requireTime() {
    if (System.nanoTime() - start > limits.readTime().toNanos()) {
      throw new SourceException(
          "Reading the source takes longer than %d minutes, which is the limit. Narrow include, or make several KnowledgeSources."
              .formatted(limits.readTime().toMinutes()),
          false);
    }
  }

  Workspace workspace() {
    return workspace;
  }

  /** Adds a file whose name determines the type. */
  void take(String name, byte[] bytes) throws IOException {
    var type = typeOf(name);
    if (type.isPresent()) {
      take(name, type.get(), bytes);
    }
  }

  void take(String name, FileType type, byte[] bytes) throws IOException {
    if (bytes.length > limits.documentBytes()) {
      reject(name, tooLong());
    } else if (type == FileType.HTML) {
      takePage(name, bytes, StandardCharsets.UTF_8.name(), "");
    } else {
      add(name, type, workspace.keep(bytes));
    }
  }

  /** Adds a file from a stream without loading it whole. */
  void take(String name, FileType type, InputStream stream) throws IOException {
    try {
      if (type == FileType.HTML) {
        take(name, type, stream.readNBytes(Markdown.MAX_HTML + 1));
      } else {
        add(name, type, workspace.keep(stream, limits.documentBytes()));
      }
    } catch (Workspace.TooLongException e) {
      reject(name, tooLong());
    }
  }

  /** Returns whether the length of the name is permitted; rejects the file if it is not. */
  boolean acceptsName(String name) {
    var isAccepted =
        name.length() <= MAX_NAME_BYTES
            && name.getBytes(StandardCharsets.UTF_8).length <= MAX_NAME_BYTES;
    if (!isAccepted) {
      reject(
          name.substring(0, name.offsetByCodePoints(0, SHOWN_OF_NAME)) + "…",
          "The name is longer than %d bytes, which is the limit.".formatted(MAX_NAME_BYTES));
    }
    return isAccepted;
  }

  /** Rejects a file that cannot be sent, with the reason. */
  void reject(String name, String why) {
    requireRoom();
    unusable.add(new RejectedFile(name, why));
  }

  /** Returns the type of a file; rejects the file if the backend does not accept the type. */
  Optional<FileType> typeOf(String name) {
    var type = FileType.ofFileName(name);
    if (type.isEmpty()) {
      reject(name, "The type of the file is not supported. Supported types: %s.".formatted(TYPES));
    }
    return type;
  }

  /** Returns the documents so far. */
  List<SourceFile> documents() {
    return List.copyOf(documents);
  }

  /** Returns the rejected files so far. */
  List<RejectedFile> rejected() {
    return List.copyOf(unusable);
  }

  /** Removes documents that a comparison of all of them excludes. */
  void withdraw(Set<String> excluded) {
    documents.removeIf(document -> excluded.contains(document.name()));
  }

  /**
   * Records the parts of the source that this reading did not read.
   *
   * @param unfinished the state from which the next fetch continues; null if this reading is
   *     complete
   */
  void omit(Omissions omitted, @Nullable UnfinishedCrawl unfinished) {
    omissions = omitted;
    rest = unfinished;
  }

  private Snapshot snapshot() {
    return new Snapshot(documents, unusable, marks, workspace, hasContent, omissions, rest);
  }

  /**
   * Adds the text of a page in Markdown.
   *
   * @param html at most one byte more than the limit
   * @param charset as the server reports it; null: as the page declares it
   * @param url of the page, to make its links absolute
   */
  void takePage(String name, byte[] html, @Nullable String charset, String url) throws IOException {
    if (html.length > Markdown.MAX_HTML) {
      reject(name, TOO_MUCH_HTML);
      return;
    }
    try {
      var markdown = Markdown.ofHtml(html, charset, url);
      if (markdown.isPresent()) {
        add(name, FileType.HTML, workspace.keep(markdown.get().getBytes(StandardCharsets.UTF_8)));
      } else {
        reject(name, "The page cannot be turned into text.");
      }
    } catch (Markdown.TooManyElementsException e) {
      reject(name, TOO_MANY_ELEMENTS);
    }
  }

  private void add(String name, FileType type, Content content) {
    requireRoom();
    if (content.length() == 0) {
      reject(name, "The document is empty.");
    } else if (!names.add(name)) {
      reject(name, "Another document has the same name.");
    } else {
      totalBytes += content.length();
      documents.add(new SourceFile(name, type, content));
    }
  }

  private void requireRoom() {
    if (documents.size() + unusable.size() >= limits.documents()) {
      throw new SourceException(
          "The source has more than %d files, which is the limit. Narrow include, or make several KnowledgeSources."
              .formatted(limits.documents()),
          false);
    }
    if (totalBytes > limits.totalBytes()) {
      throw new SourceException(
          "The source has more than %d MiB, which is the limit. Narrow include, or make several KnowledgeSources."
              .formatted(limits.totalBytes() >> 20),
          false);
    }
  }

  void rejectTooLong(String name) {
    reject(name, tooLong());
  }

  private String tooLong() {
    return "The document is longer than %s, which is the limit."
        .formatted(limits.documentMebibytes());
  }
}
