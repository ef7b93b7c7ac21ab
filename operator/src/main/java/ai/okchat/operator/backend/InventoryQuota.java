package ai.okchat.operator.backend;

import ai.okchat.operator.okchat.Bot;
import ai.okchat.operator.okchat.FailureKind;
import ai.okchat.operator.okchat.OkChatException;
import java.util.Collection;

/**
 * How many bots, and how many bytes of them, the inventories of all accounts may hold: a backend
 * decides how long its list is, and the heap belongs to all of them.
 */
final class InventoryQuota {

  static final int MOST_BOTS = 200_000;

  /** Of the heap. */
  private static final int BYTES_SHARE = 4;

  private final long mostBytes;
  private long bots;
  private long bytes;

  /** A quarter of the heap. */
  InventoryQuota() {
    this(Runtime.getRuntime().maxMemory() / BYTES_SHARE);
  }

  InventoryQuota(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** What one inventory holds of it; nothing at first. */
  Share share() {
    return new Share();
  }

  private synchronized void change(long moreBots, long moreBytes) {
    bots += moreBots;
    bytes += moreBytes;
  }

  private synchronized void take(int weight) {
    if (bots >= MOST_BOTS) {
      throw exceeded("%d chatbots".formatted(MOST_BOTS));
    }
    if (bytes + weight > mostBytes) {
      throw exceeded("%d bytes, a quarter of the heap".formatted(mostBytes));
    }
    change(1, weight);
  }

  private static OkChatException exceeded(String limit) {
    return OkChatException.failure(FailureKind.UNEXPECTED_ANSWER, "list chatbots", "the backend")
        .because("the lists of all accounts would hold more than " + limit)
        .confined(true)
        .mayHaveBeenApplied(false)
        .build();
  }

  /** Used by one list at a time. */
  final class Share {

    private long heldBots;
    private long heldBytes;
    private long readBots;
    private long readBytes;

    private Share() {}

    /**
     * One more bot of the list that is being read.
     *
     * @throws OkChatException where there is no room for it
     */
    void read(Bot bot) {
      take(bot.weight());
      readBots++;
      readBytes += bot.weight();
    }

    /** The list was read: these are held, and none else. */
    void hold(Collection<Bot> all) {
      var weight = all.stream().mapToLong(Bot::weight).sum();
      change(all.size() - heldBots - readBots, weight - heldBytes - readBytes);
      heldBots = all.size();
      heldBytes = weight;
      readBots = 0;
      readBytes = 0;
    }

    /** The list was not read to its end. */
    void discard() {
      change(-readBots, -readBytes);
      readBots = 0;
      readBytes = 0;
    }
  }
}
