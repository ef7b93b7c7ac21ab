package ai.okchat.operator.backend;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What lists prove of bots that they lack. One list proves nothing: it may lag, or be another
 * account's.
 */
final class Absences {

  /** Since which list a bot is missing, and whether an earlier one had it. */
  private record Absence(Instant since, boolean listedBefore) {}

  private final Map<String, Absence> byId = new ConcurrentHashMap<>();
  private volatile @Nullable Instant emptySince;

  /** A good list came. */
  void note(@Nullable Contents before, Contents latest) {
    byId.keySet().removeIf(id -> latest.bot(id).isPresent());
    if (before != null) {
      before.bots().stream()
          .filter(bot -> latest.bot(bot.id()).isEmpty())
          .forEach(bot -> byId.put(bot.id(), new Absence(latest.startedAt(), true)));
    }
    if (!latest.bots().isEmpty()) {
      emptySince = null;
    } else if (emptySince == null) {
      emptySince = latest.startedAt();
    }
  }

  /** The bot was seen elsewhere than in a list. */
  void end(String id) {
    byId.remove(id);
  }

  /** Whether two lists at least this far apart lacked the bot; asking begins the watch for it. */
  boolean prove(String id, Contents latest, Duration apart) {
    if (latest.bot(id).isPresent()) {
      return false;
    }
    var absence = byId.computeIfAbsent(id, _ -> new Absence(latest.startedAt(), false));
    return !latest.startedAt().isBefore(absence.since().plus(apart));
  }

  boolean wasListed(String id) {
    var absence = byId.get(id);
    return absence != null && absence.listedBefore();
  }

  /** Whether the list has bots, or has had none for this long. */
  boolean confirmEmptiness(Contents latest, Duration apart) {
    var since = emptySince;
    return since == null || !latest.startedAt().isBefore(since.plus(apart));
  }
}
