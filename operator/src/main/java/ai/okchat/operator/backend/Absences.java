package ai.okchat.operator.backend;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides what lists prove about bots that they lack. One list proves nothing: it may lag, or
 * belong to another account. An empty list names no account at all.
 */
final class Absences {

  /** Since which conclusive list a bot is missing. */
  private final Map<String, Instant> since = new ConcurrentHashMap<>();

  /** The id of the bot that the last list with bots had, if it had one only. */
  private volatile @Nullable String onlyBot;

  private volatile @Nullable Instant emptySince;

  /** A list was read. */
  void note(@Nullable Contents before, Contents latest) {
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

  /** Whether the bot was known, and a conclusive list lacked it since then. */
  boolean isMissing(String id) {
    return since.containsKey(id);
  }

  /** The bot was seen elsewhere than in a list. */
  void end(String id) {
    since.remove(id);
  }

  /**
   * Whether two conclusive lists at least this far apart lacked the bot. The first question starts
   * the count.
   *
   * @param organization that the bot belongs to; null if unknown
   * @param emptyCounts whether a user approved that an empty list is conclusive
   */
  boolean prove(
      String id,
      @Nullable String organization,
      Contents latest,
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
   * Whether a list that lacks the bot comes from the account of the bot: it has a bot of the same
   * organization, or it is empty and the list with bots before it had this bot only.
   */
  boolean isConclusive(String id, @Nullable String organization, Contents latest) {
    return latest.bots().isEmpty()
        ? id.equals(onlyBot)
        : organization == null || latest.hasOrganization(organization);
  }

  /** Whether the list has bots, or has had none for this long. */
  boolean confirmEmptiness(Contents latest, Duration apart) {
    var start = emptySince;
    return start == null || !latest.startedAt().isBefore(start.plus(apart));
  }
}
