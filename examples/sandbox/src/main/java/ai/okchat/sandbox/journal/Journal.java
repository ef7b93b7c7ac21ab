package ai.okchat.sandbox.journal;

import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Predicate;

/** Keeps the last requests, bounded in number and bytes. Sequence numbers are never reused. */
public final class Journal {
  /** Larger bodies are not kept. */
  public static final int MAX_BODY_BYTES = 64 << 10;

  private static final long MAX_BYTES = 128L << 20;

  private final int capacity;
  private final ArrayDeque<Recorded> calls = new ArrayDeque<>();
  private long lastSeq;
  private long bytes;

  /** A request with its position in the order of responses. */
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

  /** Returns the matching requests, oldest first. */
  public synchronized List<Recorded> calls(Predicate<Recorded> filter) {
    return calls.stream().filter(filter).toList();
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
