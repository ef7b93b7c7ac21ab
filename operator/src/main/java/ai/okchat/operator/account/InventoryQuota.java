package ai.okchat.operator.account;

import ai.okchat.client.Bot;
import ai.okchat.client.FailureKind;
import ai.okchat.client.OkChatException;
import ai.okchat.operator.scheduling.NamespaceQuota;
import ai.okchat.operator.scheduling.NamespaceQuota.Limit;
import java.util.Collection;

/**
 * Limits how many bots, and how many bytes of them, the inventories of all accounts keep: a backend
 * determines the length of its list, and all accounts share the heap. One namespace may keep half
 * of that, and so may all cluster-wide backends together.
 */
final class InventoryQuota {

  static final int MOST_BOTS = 200_000;

  /** Divisor of the size of the heap. */
  private static final int BYTES_SHARE = 4;

  private final NamespaceQuota bots = new NamespaceQuota(MOST_BOTS);
  private final NamespaceQuota bytes;

  /** Limits the bytes to a quarter of the heap. */
  InventoryQuota() {
    this(Runtime.getRuntime().maxMemory() / BYTES_SHARE);
  }

  InventoryQuota(long mostBytes) {
    this.bytes = new NamespaceQuota(mostBytes);
  }

  /**
   * Returns the share of one inventory; empty at first.
   *
   * @param namespace of its backend object; empty for a cluster-wide one
   */
  Share share(String namespace) {
    return new Share(namespace);
  }

  private static void require(Limit limit, NamespaceQuota quota, String unit) {
    switch (limit) {
      case NONE -> {}
      case OF_NAMESPACE ->
          throw exceeded(
              "the lists of one namespace, or of all cluster-wide backends, would contain more than"
                  + " %d %s".formatted(quota.mostOfNamespace(), unit));
      case OF_ALL ->
          throw exceeded(
              "the lists of all accounts would contain more than %d %s"
                  .formatted(quota.most(), unit));
    }
  }

  private static OkChatException exceeded(String why) {
    return OkChatException.failure(FailureKind.UNEXPECTED_RESPONSE, "list chatbots", "the backend")
        .because(why)
        .confined(true)
        .mayHaveBeenApplied(false)
        .build();
  }

  /** The share of one inventory, used by one list at a time. */
  final class Share {

    private final String namespace;
    private long storedBots;
    private long storedBytes;
    private long readBots;
    private long readBytes;

    private Share(String namespace) {
      this.namespace = namespace;
    }

    /**
     * Counts one more bot of the list that is being read.
     *
     * @throws OkChatException if it exceeds the quota
     */
    void read(Bot bot) {
      require(bots.take(namespace, 1), bots, "chatbots");
      readBots++;
      require(bytes.take(namespace, bot.weight()), bytes, "bytes of the heap");
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

    private void change(long moreBots, long moreBytes) {
      bots.change(namespace, moreBots);
      bytes.change(namespace, moreBytes);
    }

    /** Subtracts the bots of a list that was not read to its end. */
    void discard() {
      change(-readBots, -readBytes);
      readBots = 0;
      readBytes = 0;
    }
  }
}
