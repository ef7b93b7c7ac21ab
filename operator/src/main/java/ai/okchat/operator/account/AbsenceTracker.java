package ai.okchat.operator.account;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether lists prove that a bot is absent. One list proves nothing: it may lag, or belong
 * to another account. An empty list does not identify an account at all.
 */
final class AbsenceTracker {

  /** Start of the first conclusive list without the bot, by ID of the bot. */
  private final Map<String, Instant> since = new ConcurrentHashMap<>();

  /** ID of the bot in the last list with bots, if that list had one bot only. */
  private volatile @Nullable String onlyBot;

  private volatile @Nullable Instant emptySince;

  /** Records a list. */
  void note(@Nullable BotIndex before, BotIndex latest) {
    since.keySet().removeIf(id -> latest.bot(id).isPresent());
    if (before != null && !before.bots().isEmpty()) {
      onlyBot = before.bots().size() == 1 ? before.bots().iterator().next().id() : null;
      before.bots().stream()
          .filter(bot -> latest.bot(bot.id()).isEmpty())
          .filter(bot -> isConclusive(bot.id(), bot.organizationId(), latest))
          .forEach(bot -> since.put(bot.id(), latest.startedAt()));
    }
    if (!latest.bots().isEmpty()) {
      emptySince = null;
    } else if (emptySince == null) {
      emptySince = latest.startedAt();
    }
  }

  /** Returns whether the bot was known, and a conclusive list lacked it since then. */
  boolean isMissing(String id) {
    return since.containsKey(id);
  }

  /** Records that the backend returned the bot elsewhere than in a list. */
  void end(String id) {
    since.remove(id);
  }

  /**
   * Returns whether two conclusive lists at least this far apart lacked the bot. The first call
   * starts the count.
   *
   * @param organization of the bot; null if unknown
   * @param emptyCounts whether a user approved that an empty list is conclusive
   */
  boolean prove(
      String id,
      @Nullable String organization,
      BotIndex latest,
      Duration apart,
      boolean emptyCounts) {
    var isEvidence =
        isConclusive(id, organization, latest) || (emptyCounts && latest.bots().isEmpty());
    if (!isEvidence || latest.bot(id).isPresent()) {
      return false;
    }
    var first = since.computeIfAbsent(id, _ -> latest.startedAt());
    return !latest.startedAt().isBefore(first.plus(apart));
  }

  /**
   * Returns whether a list that lacks the bot comes from the account of the bot: it has a bot of
   * the same organization, or it is empty and the list with bots before it had this bot only.
   */
  boolean isConclusive(String id, @Nullable String organization, BotIndex latest) {
    return latest.bots().isEmpty()
        ? id.equals(onlyBot)
        : organization == null || latest.hasOrganization(organization);
  }

  /** Returns whether the list has bots, or has had none for this long. */
  boolean confirmEmptiness(BotIndex latest, Duration apart) {
    var start = emptySince;
    return start == null || !latest.startedAt().isBefore(start.plus(apart));
  }
}
