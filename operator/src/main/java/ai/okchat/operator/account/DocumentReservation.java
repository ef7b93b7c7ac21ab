package ai.okchat.operator.account;

import ai.okchat.client.FailureKind;
import ai.okchat.client.KnowledgeDocument;
import ai.okchat.client.OkChatException;
import ai.okchat.operator.scheduling.BackgroundPermits.Permit;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import okio.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Reserves memory for each document of a list as soon as it is read: the documents of one bot may
 * need a tenth of the heap, and several lists are read at a time.
 */
final class DocumentReservation implements UnaryOperator<KnowledgeDocument> {

  /** Approximate bytes of a document without its texts, and of its entry in the list. */
  private static final int WEIGHT = 220;

  /** The same for a document of which only the ID is kept. */
  private static final int WEIGHT_OF_OTHER = 110;

  /** A selected document is compared with those of the source, which keeps it once more. */
  private static final int TIMES = 2;

  private final Predicate<KnowledgeDocument> selected;
  private final @Nullable Permit permit;
  private long others;

  /**
   * @param permit of the reconciliation; null: nothing is reserved
   */
  DocumentReservation(Predicate<KnowledgeDocument> selected, @Nullable Permit permit) {
    this.selected = selected;
    this.permit = permit;
  }

  /** Returns the document to keep: without its texts, if it is not selected. */
  @Override
  public KnowledgeDocument apply(KnowledgeDocument listed) {
    if (selected.test(listed)) {
      reserve(TIMES * (WEIGHT + textBytes(listed)));
      return listed;
    }
    var other = new KnowledgeDocument(listed.id(), "", null, null);
    var weight = WEIGHT_OF_OTHER + textBytes(other);
    reserve(weight);
    others += weight;
    return other;
  }

  /** Releases the memory of the documents that are not selected: the list was read. */
  void releaseOthers() {
    if (permit != null) {
      permit.release(others);
    }
  }

  private void reserve(long bytes) {
    if (permit != null && !permit.reserve(bytes)) {
      throw OkChatException.failure(
              FailureKind.UNEXPECTED_RESPONSE, "list knowledge", "the backend")
          .because(
              "the list would need more than %d bytes, which one namespace may use for lists of documents"
                  .formatted(permit.mostBytes()))
          .confined(true)
          .mayHaveBeenApplied(false)
          .build();
    }
  }

  private static long textBytes(KnowledgeDocument document) {
    var state = document.state();
    return Utf8.size(document.id())
        + Utf8.size(document.title())
        + (state == null ? 0 : Utf8.size(state));
  }
}
