package ai.okchat.operator.chatbot;

import ai.okchat.operator.okchat.OkChatException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What this process knows of its attempts to create bots. Only a failure that certainly changed
 * nothing may be tried again at once; without a record, as after a restart, an attempt counts as
 * ambiguous.
 */
final class CreateAttempts {

  /** How an attempt ended. */
  enum Outcome {
    /** The backend certainly has no bot of it. */
    REFUSED,
    /** The backend may have created the bot all the same. */
    AMBIGUOUS
  }

  private final Map<String, Outcome> byUid = new ConcurrentHashMap<>();

  Outcome last(String uid) {
    return byUid.getOrDefault(uid, Outcome.AMBIGUOUS);
  }

  void failed(String uid, OkChatException e) {
    byUid.put(uid, e.mayHaveBeenApplied() ? Outcome.AMBIGUOUS : Outcome.REFUSED);
  }

  void forget(String uid) {
    byUid.remove(uid);
  }
}
