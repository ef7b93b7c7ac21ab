package ai.okchat.planning.document;

import java.util.List;

/**
 * The parts of a source that a reading has no document for.
 *
 * @param unread names of pages that the next fetch of the same reading reads
 * @param pause why they are unread, in two sentences; empty if the reading is complete
 * @param leftOut parts that are no documents of the source and how to include them, in two
 *     sentences; empty if there are none
 * @param skipped number of files that are no documents by the rules of the source
 * @param skippedFiles the first of these, at most {@link #MOST_SKIPPED}
 * @param rejected number of files whose content cannot be sent; they are failed documents
 */
public record Omissions(
    List<String> unread,
    String pause,
    String leftOut,
    int skipped,
    List<SkippedFile> skippedFiles,
    int rejected) {

  /** Skipped files with their names; the others are only counted. */
  public static final int MOST_SKIPPED = 50;

  public static final Omissions NONE = new Omissions(List.of(), "", "");

  public Omissions {
    unread = List.copyOf(unread);
    skippedFiles = List.copyOf(skippedFiles);
  }

  /** Creates the omissions of a source without skipped and rejected files. */
  public Omissions(List<String> unread, String pause, String leftOut) {
    this(unread, pause, leftOut, 0, List.of(), 0);
  }
}
