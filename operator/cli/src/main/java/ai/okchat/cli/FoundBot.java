package ai.okchat.cli;

import ai.okchat.client.Bot;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The bot of a Chatbot in the backend, or its absence.
 *
 * @param account of the bot
 * @param bot empty if the operator creates it
 * @param basis how the bot was found, or why the operator creates it
 * @param live the Chatbot in the cluster; null if it does not exist or is not known
 */
record FoundBot(AccountReader account, Optional<Bot> bot, Basis basis, @Nullable KubeObject live) {

  /** The reason why the bot belongs to the Chatbot. */
  enum Basis {
    /** The status has its ID, or the Chatbot claimed its slug. */
    OWNED,
    /** The spec allows to adopt it. */
    ADOPTED,
    /** The slug alone: there is no cluster. */
    SLUG,
    /** There is no bot, and there was none. */
    NEW,
    /** The status has an ID, and the backend has no such bot. */
    GONE
  }
}
