package ai.okchat.operator.chatbot;

import ai.okchat.operator.okchat.Bot;
import ai.okchat.operator.status.Failure;
import java.time.Duration;

/**
 * What is known of an object's bot. Only a definite answer of the backend makes one of the first
 * two.
 */
sealed interface Observation {

  /**
   * Whether it is certain that there is a bot or that there is none, and so something may be done.
   */
  default boolean isDefinite() {
    return this instanceof Present || this instanceof Absent;
  }

  /** The bot is there, and how we know that it is ours. */
  record Present(Bot bot, Bond bond) implements Observation {}

  /** It is certain that there is none; this claim is the one to create it under. */
  record Absent(Claim claim) implements Observation {}

  /** Nobody may tell yet; what the status says stands until then. */
  record Unseen(Duration recheck) implements Observation {}

  /** There is a reason not to go on. */
  record Held(Failure failure) implements Observation {}

  /** A slug that is somebody else's: whatever was claimed is given back. */
  record Foreign(Failure failure) implements Observation {}

  /** How a bot belongs to its object. */
  enum Bond {
    /** Its id is in the status. */
    RECORDED,
    /** Its slug is claimed by the object: a create whose answer was lost, or a restored object. */
    CLAIMED,
    /** It was there before, and the spec says to take it over. */
    ADOPTED
  }
}
