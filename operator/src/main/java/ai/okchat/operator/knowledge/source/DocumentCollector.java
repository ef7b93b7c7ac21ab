package ai.okchat.operator.knowledge.source;

import ai.okchat.operator.fetch.SourceException;
import ai.okchat.operator.fetch.TemporarySpace;
import ai.okchat.operator.status.Messages;
import ai.okchat.planning.document.Content;
import ai.okchat.planning.document.ContentSniffer;
import ai.okchat.planning.document.ContentSniffer.Finding;
import ai.okchat.planning.document.FileType;
import ai.okchat.planning.document.Omissions;
import ai.okchat.planning.document.RejectedFile;
import ai.okchat.planning.document.SkippedFile;
import ai.okchat.planning.document.SourceFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
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
 * Collects the files of a source: checks type and size, sends text in UTF-8, converts HTML to
 * Markdown, and keeps rejected files apart, so that the others continue.
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

  private static final String EMPTY = "The document is empty.";

  /** Bytes of a file that is read into memory; a longer one goes to the temporary folder first. */
  private static final int SMALL_BYTES = 256 * 1024;

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
  private boolean leavesOutWithoutText;
  private int leftOut;
  private String firstLeftOut = "";
  private int skipped;
  private final List<SkippedFile> skippedFiles = new ArrayList<>();

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

  /** Adds a file whose text is known, whatever encoding a page in it declares. */
  void take(String name, String text) throws IOException {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    var type = typeOf(name);
    if (type.isPresent() && type.get() == FileType.HTML && bytes.length <= limits.documentBytes()) {
      takePageFile(name, bytes, StandardCharsets.UTF_8.name());
    } else if (type.isPresent()) {
      take(name, type.get(), bytes);
    }
  }

  /** Adds a file if its bytes are of the type; text is added in UTF-8. */
  void take(String name, FileType type, byte[] bytes) throws IOException {
    if (bytes.length > limits.documentBytes()) {
      reject(name, tooLong());
    } else if (type == FileType.HTML) {
      takePageFile(name, bytes, null);
    } else {
      switch (ContentSniffer.read(type, () -> new ByteArrayInputStream(bytes))) {
        case Finding.Unchanged() -> add(name, type, workspace.keep(bytes));
        case Finding.Recoded recoded -> {
          var _ = recode(name, type, recoded, Content.of(bytes));
        }
        case Finding.Blank() -> takeNothing(name, EMPTY);
        case Finding.Rejected(var why) -> reject(name, why);
      }
    }
  }

  /** Adds a file from a stream without loading it whole. */
  void take(String name, FileType type, InputStream stream) throws IOException {
    var head = stream.readNBytes(type == FileType.HTML ? Markdown.MAX_HTML + 1 : SMALL_BYTES + 1);
    if (type == FileType.HTML || head.length <= SMALL_BYTES) {
      take(name, type, head);
      return;
    }
    try {
      var begin = workspace.position();
      var whole = new SequenceInputStream(new ByteArrayInputStream(head), stream);
      takeStored(name, type, workspace.keep(whole, limits.documentBytes()), begin);
    } catch (Workspace.TooLongException e) {
      reject(name, tooLong());
    }
  }

  /**
   * Adds a file that the workspace has already.
   *
   * @param begin of the file in the workspace
   */
  private void takeStored(String name, FileType type, Content stored, long begin)
      throws IOException {
    workspace.finish();
    switch (ContentSniffer.read(type, stored.source())) {
      case Finding.Unchanged() -> add(name, type, stored);
      case Finding.Recoded recoded -> {
        if (!recode(name, type, recoded, stored)) {
          workspace.cut(begin);
        }
      }
      case Finding.Blank() -> {
        workspace.cut(begin);
        takeNothing(name, EMPTY);
      }
      case Finding.Rejected(var why) -> {
        workspace.cut(begin);
        reject(name, why);
      }
    }
  }

  /**
   * Adds the text of a file in UTF-8, and returns whether it is short enough. The workspace keeps
   * the original bytes until it is closed.
   */
  private boolean recode(String name, FileType type, Finding.Recoded recoded, Content file)
      throws IOException {
    try {
      var content = workspace.keep(out -> recoded.copy(file.source(), out), limits.documentBytes());
      add(name, type, content);
      return true;
    } catch (Workspace.TooLongException e) {
      reject(name, tooLong());
      return false;
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

  /** Rejects a file whose content cannot be sent, with the reason. */
  void reject(String name, String why) {
    reject(new RejectedFile(name, why));
  }

  /** Rejects a page that the site does not serve, with the reason. */
  void rejectUnavailable(String name, String why) {
    reject(new RejectedFile(name, why, true));
  }

  /** Rejects a file as an earlier reading did. */
  void reject(RejectedFile file) {
    requireRoom();
    unusable.add(file);
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

  /** Leaves files without text out instead of rejecting them. */
  void leaveOutFilesWithoutText() {
    leavesOutWithoutText = true;
  }

  /**
   * Skips a file that is no document by the rules of the source, which is not a failure.
   *
   * @param name one that equals the previous one is counted, but not named twice
   */
  void skip(String name, String why) {
    skipped++;
    nameSkipped(new SkippedFile(Messages.shortened(name, MAX_NAME_BYTES), why));
  }

  /** Skips what an earlier reading skipped. */
  void skipAll(Omissions before) {
    skipped += before.skipped();
    before.skippedFiles().forEach(this::nameSkipped);
  }

  private void nameSkipped(SkippedFile file) {
    if (skippedFiles.size() < Omissions.MOST_SKIPPED
        && (skippedFiles.isEmpty() || !skippedFiles.getLast().equals(file))) {
      skippedFiles.add(file);
    }
  }

  /** Skips a file that a user may expect to be a document, so that a message mentions it. */
  void leaveOut(String name, String why) {
    if (leftOut++ == 0) {
      firstLeftOut = name;
    }
    skip(name, why);
  }

  private Snapshot snapshot() {
    var rejected = (int) unusable.stream().filter(file -> !file.unavailable()).count();
    var omitted =
        new Omissions(
            omissions.unread(),
            omissions.pause(),
            leftOut == 0 ? omissions.leftOut() : leftOutFiles(),
            skipped,
            skippedFiles,
            rejected);
    return new Snapshot(documents, unusable, marks, workspace, hasContent, omitted, rest);
  }

  private String leftOutFiles() {
    return "The source leaves out %d files that are not documentation or have no text, such as %s. Name them in include to ingest them."
        .formatted(leftOut, Messages.shortened(firstLeftOut, SHOWN_OF_NAME));
  }

  /**
   * Adds the text of a page of a site in Markdown. A site cannot be corrected like a file, so a few
   * broken characters are tolerated.
   *
   * @param html at most one byte more than the limit
   * @param charset as the server reports it; null: as the page declares it
   * @param url of the page, to make its links absolute
   */
  void takePage(String name, byte[] html, @Nullable String charset, String url) throws IOException {
    var rejected = rejectedPage(html);
    if (rejected.isPresent()) {
      reject(name, rejected.get());
      return;
    }
    var found = charsetOf(html, charset);
    addPage(name, html, found.isPresent() ? found.get().name() : charset, url);
  }

  /** Adds the text of a file with a page in Markdown. */
  private void takePageFile(String name, byte[] html, @Nullable String charset) throws IOException {
    var rejected = rejectedPage(html);
    if (html.length == 0) {
      takeNothing(name, EMPTY);
    } else if (rejected.isPresent()) {
      reject(name, rejected.get());
    } else {
      var found = charsetOf(html, charset);
      if (found.isPresent()) {
        addPage(name, html, found.get().name(), "");
      } else {
        reject(name, ContentSniffer.UNKNOWN_ENCODING);
      }
    }
  }

  private static Optional<Charset> charsetOf(byte[] html, @Nullable String label)
      throws IOException {
    return ContentSniffer.charsetOfPage(html, head -> CharsetLabels.all(label, head));
  }

  private static Optional<String> rejectedPage(byte[] html) {
    return html.length > Markdown.MAX_HTML
        ? Optional.of(TOO_MUCH_HTML)
        : ContentSniffer.rejectedPage(html);
  }

  private void addPage(String name, byte[] html, @Nullable String charset, String url)
      throws IOException {
    try {
      var markdown = Markdown.ofHtml(html, charset, url);
      if (markdown.isEmpty()) {
        takeNothing(name, "The page cannot be turned into text.");
      } else if (isBroken(markdown.get())) {
        reject(name, ContentSniffer.UNKNOWN_ENCODING);
      } else {
        add(name, FileType.HTML, workspace.keep(markdown.get().getBytes(StandardCharsets.UTF_8)));
      }
    } catch (Markdown.TooManyElementsException e) {
      reject(name, TOO_MANY_ELEMENTS);
    }
  }

  /** Returns whether a text has more than one character in a hundred that could not be decoded. */
  private static boolean isBroken(String text) {
    var broken = text.chars().filter(character -> character == '\uFFFD').count();
    return broken * 100 > text.length();
  }

  /** Rejects a file without text, or leaves it out. */
  void takeNothing(String name, String why) {
    if (leavesOutWithoutText) {
      leaveOut(name, why);
    } else {
      reject(name, why);
    }
  }

  private void add(String name, FileType type, Content content) {
    requireRoom();
    if (content.length() == 0) {
      reject(name, EMPTY);
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
