package ai.okchat.operator.knowledge.document;

import java.util.List;

/**
 * The parts of a source that a reading did not read, although they are no failed documents.
 *
 * @param unread names of pages that the next fetch of the same reading reads
 * @param pause why they are unread, in two sentences; empty if the reading is complete
 * @param leftOut parts that are no documents of the source and how to include them, in two
 *     sentences; empty if there are none
 */
public record Omissions(List<String> unread, String pause, String leftOut) {

  public static final Omissions NONE = new Omissions(List.of(), "", "");

  public Omissions {
    unread = List.copyOf(unread);
  }
}
