package ai.okchat.operator.account;

import ai.okchat.client.Bot;
import ai.okchat.client.FailureKind;
import ai.okchat.client.OkChatException;
import java.util.Collection;

/**
 * Limits how many bots, and how many bytes of them, the inventories of all accounts keep: a backend
 * determines the length of its list, and all accounts share the heap.
 */
final class InventoryQuota {

  static final int MOST_BOTS = 200_000;

  /** Divisor of the size of the heap. */
  private static final int BYTES_SHARE = 4;

  private final long mostBytes;
  private long bots;
  private long bytes;

  /** Limits the bytes to a quarter of the heap. */
  InventoryQuota() {
    this(Runtime.getRuntime().maxMemory() / BYTES_SHARE);
  }

  InventoryQuota(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** Returns the share of one inventory; empty at first. */
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
    return OkChatException.failure(FailureKind.UNEXPECTED_RESPONSE, "list chatbots", "the backend")
        .because("the lists of all accounts would contain more than " + limit)
        .confined(true)
        .mayHaveBeenApplied(false)
        .build();
  }

  /** The share of one inventory, used by one list at a time. */
  final class Share {

    private long storedBots;
    private long storedBytes;
    private long readBots;
    private long readBytes;

    private Share() {}

    /**
     * Counts one more bot of the list that is being read.
     *
     * @throws OkChatException if it exceeds the quota
     */
    void read(Bot bot) {
      take(bot.weight());
      readBots++;
      readBytes += bot.weight();
    }

    /** Counts these bots and no others: the list was read. */
    void store(Collection<Bot> all) {
      var weight = all.stream().mapToLong(Bot::weight).sum();
      change(all.size() - storedBots - readBots, weight - storedBytes - readBytes);
      storedBots = all.size();
      storedBytes = weight;
      readBots = 0;
      readBytes = 0;
    }

    /** Subtracts the bots of a list that was not read to its end. */
    void discard() {
      change(-readBots, -readBytes);
      readBots = 0;
      readBytes = 0;
    }
  }
}
