package ai.okchat.sandbox.journal;

import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Predicate;

/** The last calls, bounded in number and in bytes. Sequence numbers are never used again. */
public final class Journal {
  /** A larger body is not kept. */
  public static final int MAX_BODY_BYTES = 64 << 10;

  private static final long MAX_BYTES = 128L << 20;

  private final int capacity;
  private final ArrayDeque<Recorded> calls = new ArrayDeque<>();
  private long lastSeq;
  private long bytes;

  /** A call with its place in the order of answers. */
  public record Recorded(long seq, JournalEntry entry) {}

  public Journal(int capacity) {
    this.capacity = capacity;
  }

  public synchronized void add(JournalEntry entry) {
    calls.addLast(new Recorded(++lastSeq, entry));
    bytes += bodyBytes(entry);
    while (calls.size() > capacity || bytes > MAX_BYTES) {
      bytes -= bodyBytes(calls.removeFirst().entry());
    }
  }

  /** Oldest first. */
  public synchronized List<Recorded> calls(Predicate<Recorded> wanted) {
    return calls.stream().filter(wanted).toList();
  }

  public synchronized void clear() {
    calls.clear();
    bytes = 0;
  }

  private static long bodyBytes(JournalEntry entry) {
    var body = entry.body();
    return body == null ? 0 : body.length;
  }
}
