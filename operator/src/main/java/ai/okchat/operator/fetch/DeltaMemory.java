package ai.okchat.operator.fetch;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.ObjectIdOwnerMap;
import org.eclipse.jgit.transport.PackedObjectInfo;

/**
 * Counts the bytes that JGit keeps while it resolves the deltas of a pack: it resolves the first
 * delta on an object, then the deltas on the result, and keeps each object until the last delta on
 * it is resolved.
 */
final class DeltaMemory {

  /**
   * Longest objects that fit into the memory: a base and a result. JGit needs the delta and another
   * result in addition.
   */
  static final int OBJECTS = 2;

  /** Maximum deltas one after another, as in git itself. */
  static final int MOST_IN_CHAIN = 4095;

  private final long most;
  private final ObjectIdOwnerMap<Deltas> byId = new ObjectIdOwnerMap<>();
  private final Deque<Kept> chain = new ArrayDeque<>();
  // The position of the base of each delta, sorted before the first is resolved.
  private long[] bases = new long[0];
  private int count;
  private boolean isSorted;
  private long bytes;

  /**
   * @param most bytes of all objects of a chain that are kept
   */
  DeltaMemory(long most) {
    this.most = most;
  }

  /** The deltas on an object that they name by its ID. */
  private static final class Deltas extends ObjectIdOwnerMap.Entry {

    private int count;

    private Deltas(AnyObjectId base) {
      super(base);
    }
  }

  /** An object of the current chain. */
  private static final class Kept {

    private final long length;
    private final int depth;
    private int unresolved;

    private Kept(long length, int depth, int unresolved) {
      this.length = length;
      this.depth = depth;
      this.unresolved = unresolved;
    }
  }

  /** Adds a delta on the object at this position. */
  void addDelta(long base) {
    if (count == bases.length) {
      bases = Arrays.copyOf(bases, Math.max(64, count * 2));
    }
    bases[count] = base;
    count++;
  }

  /** Adds a delta on the object with this ID. */
  void addDelta(AnyObjectId base) {
    var deltas = byId.get(base);
    if (deltas == null) {
      deltas = new Deltas(base);
      byId.add(deltas);
    }
    deltas.count++;
  }

  /**
   * Counts the result of a delta, which is in memory together with the chain that leads to it.
   *
   * @throws GitBudget.ExceededException if that is more than the maximum
   */
  void resolved(PackedObjectInfo base, PackedObjectInfo result, long length)
      throws GitBudget.ExceededException {
    if (chain.isEmpty()) {
      keep(base, base.getFullSize(), 0);
    }
    var parent = chain.element();
    var depth = parent.depth + 1;
    if (depth > MOST_IN_CHAIN) {
      throw new GitBudget.ExceededException(
          "its pack has more than %d deltas one after another".formatted(MOST_IN_CHAIN));
    }
    if (bytes + length > most) {
      throw new GitBudget.ExceededException(
          "a chain of deltas needs %d bytes of memory of at most %d"
              .formatted(bytes + length, most));
    }
    parent.unresolved--;
    if (parent.unresolved == 0) {
      chain.remove();
      bytes -= parent.length;
    }
    keep(result, length, depth);
  }

  private void keep(PackedObjectInfo object, long length, int depth) {
    var unresolved = takeDeltas(object);
    if (unresolved > 0) {
      chain.push(new Kept(length, depth, unresolved));
      bytes += length;
    }
  }

  /** Returns the number of deltas on an object, and 0 for another object with the same ID. */
  private int takeDeltas(PackedObjectInfo object) {
    var deltas = byId.get(object);
    var named = deltas == null ? 0 : deltas.count;
    if (deltas != null) {
      deltas.count = 0;
    }
    return named + countAt(object.getOffset());
  }

  private int countAt(long position) {
    if (!isSorted) {
      bases = Arrays.copyOf(bases, count);
      Arrays.sort(bases);
      isSorted = true;
    }
    return lowerBound(position + 1) - lowerBound(position);
  }

  /** Returns the number of bases before this position. */
  private int lowerBound(long position) {
    var low = 0;
    var high = count;
    while (low < high) {
      var middle = (low + high) >>> 1;
      if (bases[middle] < position) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
