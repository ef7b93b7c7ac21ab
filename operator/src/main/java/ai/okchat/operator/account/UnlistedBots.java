package ai.okchat.operator.account;

import ai.okchat.client.Bot;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tracks bots that the backend has and its list lacks: the list lags, or it is silently capped.
 * Each counts as listed for a while, longer each time it is found again, so that it is not read at
 * every poll.
 */
final class UnlistedBots {

  private static final Duration FIRST_STAY = Duration.ofMinutes(1);
  private static final Duration LONGEST_STAY = Duration.ofHours(1);

  /** A bot, until when it counts as listed, and for how long when it is found again. */
  private record Unlisted(Bot bot, Instant until, Duration nextStay) {}

  private final Map<String, Unlisted> byId = new ConcurrentHashMap<>();

  /** Records that the backend returned a bot that its last list lacked. */
  void found(Bot bot, Instant now) {
    byId.compute(
        bot.id(),
        (_, before) ->
            before == null
                ? new Unlisted(bot, now, FIRST_STAY)
                : new Unlisted(bot, now.plus(before.nextStay()), doubled(before.nextStay())));
  }

  /** Records a write of a bot that may be one of these. */
  void written(Bot bot) {
    byId.computeIfPresent(
        bot.id(), (_, before) -> new Unlisted(bot, before.until(), before.nextStay()));
  }

  void forget(String id) {
    byId.remove(id);
  }

  /** Adds the bots that count as listed to this list, and removes those that it has. */
  void addTo(BotIndex latest) {
    byId.keySet().removeIf(id -> latest.bot(id).isPresent());
    byId.values().stream()
        .filter(unlisted -> unlisted.until().isAfter(latest.startedAt()))
        .forEach(unlisted -> latest.put(unlisted.bot()));
  }

  private static Duration doubled(Duration stay) {
    var twice = stay.multipliedBy(2);
    return twice.compareTo(LONGEST_STAY) < 0 ? twice : LONGEST_STAY;
  }
}
