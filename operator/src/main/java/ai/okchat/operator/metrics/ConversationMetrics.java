package ai.okchat.operator.metrics;

import ai.okchat.client.Bot;
import ai.okchat.client.Conversation;
import ai.okchat.client.OkChatException;
import ai.okchat.operator.account.Account;
import ai.okchat.planning.Digest;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Counts new conversations by bot and channel. It is the only metric whose labels grow with the
 * number of objects, so it is disabled by default. It reads one bot at a time, with a pause after
 * each, so that it never dominates the load of a backend.
 */
final class ConversationMetrics implements AutoCloseable {

  private static final int PAGE = 100;
  private static final int MOST_PAGES = 20;

  private static final Duration AFTER_EACH = Duration.ofSeconds(1);

  private final MeterRegistry registry;
  private final Supplier<Collection<Account>> accounts;
  private final Supplier<Map<String, Set<String>>> bots;
  private final Duration interval;
  private final Map<String, Instant> newestByBot = new HashMap<>();
  private final Thread thread;

  private ConversationMetrics(
      MeterRegistry registry,
      Supplier<Collection<Account>> accounts,
      Supplier<Map<String, Set<String>>> bots,
      Duration interval) {
    this.registry = registry;
    this.accounts = accounts;
    this.bots = bots;
    this.interval = interval;
    this.thread = Thread.ofVirtual().name("conversations").unstarted(this::countUntilStopped);
  }

  /**
   * Counts until it is closed.
   *
   * @param bots the bots to read, each with the digests of the URLs that its ID was obtained from:
   *     an ID of another backend is not requested; empty while another replica is the leader
   * @param interval between the end of one run and the start of the next
   */
  static ConversationMetrics start(
      MeterRegistry registry,
      Supplier<Collection<Account>> accounts,
      Supplier<Map<String, Set<String>>> bots,
      Duration interval) {
    var metrics = new ConversationMetrics(registry, accounts, bots, interval);
    metrics.thread.start();
    return metrics;
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void countUntilStopped() {
    try {
      while (true) {
        Thread.sleep(interval);
        countAll();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void countAll() throws InterruptedException {
    var origins = bots.get();
    newestByBot.keySet().retainAll(origins.keySet());
    for (var account : accounts.get()) {
      var url = Digest.of(account.id().url());
      for (var origin : origins.entrySet()) {
        var bot = account.inventory().bot(origin.getKey());
        if (bot.isPresent() && origin.getValue().contains(url)) {
          count(account, bot.get());
          Thread.sleep(AFTER_EACH);
        }
      }
    }
  }

  /** Counts one bot. An account that fails is requested again in the next run. */
  private void count(Account account, Bot bot) {
    try {
      countNew(account, bot);
    } catch (OkChatException e) {
      // The outcome of the request is counted already, and the account reports the failure.
    }
  }

  /**
   * Counts new conversations. Those of the first run are not counted, because their start is
   * unknown.
   */
  private void countNew(Account account, Bot bot) {
    var before = newestByBot.get(bot.id());
    var newest = before == null ? Instant.EPOCH : before;
    for (var number = 1; number <= MOST_PAGES; number++) {
      var page = number;
      var response = account.call(client -> client.listConversations(bot.id(), page, PAGE, null));
      var hasNew = false;
      for (var conversation : response.items()) {
        var began = Objects.requireNonNullElse(conversation.createdAt(), Instant.EPOCH);
        newest = began.isAfter(newest) ? began : newest;
        if (before != null && began.isAfter(before)) {
          counter(bot, conversation).increment();
          hasNew = true;
        }
      }
      if (!hasNew || number >= response.totalPages()) {
        break;
      }
    }
    newestByBot.put(bot.id(), newest);
  }

  private Counter counter(Bot bot, Conversation conversation) {
    return Counter.builder("okchat.conversations")
        .description("Conversations that began since the start of the process.")
        .tag("bot", Objects.requireNonNullElse(bot.slug(), bot.id()))
        .tag("channel", Objects.requireNonNullElse(conversation.platform(), "unknown"))
        .register(registry);
  }
}
