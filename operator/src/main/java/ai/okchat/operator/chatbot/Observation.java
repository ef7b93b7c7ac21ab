package ai.okchat.operator.chatbot;

import ai.okchat.client.Bot;
import ai.okchat.operator.status.Failure;
import java.time.Duration;

/**
 * The observed state of the bot of an object. Only a conclusive response leads to {@link Present},
 * {@link Absent} or {@link Gone}.
 */
sealed interface Observation {

  /** Returns whether it is certain that the bot exists, or that it does not exist. */
  default boolean isDefinite() {
    return this instanceof Present || this instanceof Absent;
  }

  /** The bot exists and belongs to the object. */
  record Present(Bot bot, BotOwnership.Basis basis) implements Observation {}

  /** The object has no bot; the operator creates it under this claim. */
  record Absent(Claim claim) implements Observation {}

  /** The recorded bot no longer exists and has to be created again. */
  record Gone(String id) implements Observation {}

  /** Nothing new is known; the status stays unchanged for this time. */
  record Unknown(Duration requeueAfter) implements Observation {}

  /**
   * A create is not resolved.
   *
   * @param claim of that create, with a time that is not in the future
   */
  record Unresolved(Claim claim, Failure failure) implements Observation {}

  /** A failure that blocks the synchronization. */
  record Blocked(Failure failure) implements Observation {}

  /** The bot or the slug belongs to another owner: the claim is removed. */
  record Conflict(Failure failure) implements Observation {}
}
