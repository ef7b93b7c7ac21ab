package ai.okchat.operator.chatbot;

import ai.okchat.operator.okchat.Bot;
import ai.okchat.operator.status.Failure;
import java.time.Duration;

/**
 * The observed state of the bot of an object. Only a conclusive response leads to {@link Present},
 * {@link Absent} or {@link Gone}.
 */
sealed interface Observation {

  /** Whether the backend said for certain that there is a bot or that there is none. */
  default boolean isDefinite() {
    return this instanceof Present || this instanceof Absent;
  }

  /** The bot exists and belongs to the object. */
  record Present(Bot bot, BotOwnership.Basis basis) implements Observation {}

  /** The object has no bot. This claim is the one to create it under. */
  record Absent(Claim claim) implements Observation {}

  /** The recorded bot does not exist any longer and has to be created again. */
  record Gone(String id) implements Observation {}

  /** Nothing new is known; the status stays as it is until then. */
  record Unknown(Duration recheck) implements Observation {}

  /**
   * A create is not resolved.
   *
   * @param claim of that create, with a time that can be waited for
   */
  record Unresolved(Claim claim, Failure failure) implements Observation {}

  /** A reason not to go on. */
  record Blocked(Failure failure) implements Observation {}

  /** The bot or the slug belongs to another owner: the claim is removed. */
  record Conflict(Failure failure) implements Observation {}
}
