package ai.okchat.operator.metrics;

import ai.okchat.operator.backend.Account;
import ai.okchat.operator.okchat.Bot;
import ai.okchat.operator.okchat.Conversation;
import ai.okchat.operator.okchat.OkChatException;
import ai.okchat.operator.status.Digest;
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
 * Conversations that began, by bot and channel: the only metric whose labels grow with the number
 * of objects, so it has to be asked for. Looks at one bot after the other, with a pause after each,
 * so that it never is what a backend is busy with.
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
    this.thread = Thread.ofVirtual().name("conversations").unstarted(this::lookUntilStopped);
  }

  /**
   * Counts until it is closed.
   *
   * @param bots the bots to look at, each with the digests of the URLs that its ID was obtained
   *     from: an ID of another backend is not asked for; none while another replica works
   * @param interval between the end of one round and the next
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

  private void lookUntilStopped() {
    try {
      while (true) {
        Thread.sleep(interval);
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() throws InterruptedException {
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

  /** An account that does not answer is asked again in the next round. */
  private void count(Account account, Bot bot) {
    try {
      countNew(account, bot);
    } catch (OkChatException e) {
      // The outcome of the call is counted already, and the account says what is wrong with it.
    }
  }

  /** What was there at the first look is not counted: nobody knows when it began. */
  private void countNew(Account account, Bot bot) {
    var before = newestByBot.get(bot.id());
    var newest = before == null ? Instant.EPOCH : before;
    for (var number = 1; number <= MOST_PAGES; number++) {
      var page = number;
      var answer = account.call(client -> client.listConversations(bot.id(), page, PAGE, null));
      var isNews = false;
      for (var conversation : answer.items()) {
        var began = Objects.requireNonNullElse(conversation.createdAt(), Instant.EPOCH);
        newest = began.isAfter(newest) ? began : newest;
        if (before != null && began.isAfter(before)) {
          counter(bot, conversation).increment();
          isNews = true;
        }
      }
      if (!isNews || number >= answer.totalPages()) {
        break;
      }
    }
    newestByBot.put(bot.id(), newest);
  }

  private Counter counter(Bot bot, Conversation conversation) {
    return Counter.builder("okchat.conversations")
        .description("Conversations that began.")
        .tag("bot", Objects.requireNonNullElse(bot.slug(), bot.id()))
        .tag("channel", Objects.requireNonNullElse(conversation.platform(), "unknown"))
        .register(registry);
  }
}
