package ai.okchat.operator.knowledge.ingestion;

import ai.okchat.operator.backend.Connection;
import ai.okchat.operator.scheduling.BackgroundPermits.Permit;
import ai.okchat.operator.status.Failure;
import org.jspecify.annotations.Nullable;

/**
 * The bot that receives the documents of a KnowledgeSource, and the connection to it.
 *
 * @param organizationId organization of the bot; null if unknown
 * @param backendFailure why the Secret provides no API key and the connection uses the one in
 *     memory; null if the Secret provides one
 */
public record LinkedBot(
    Connection connection,
    String botId,
    @Nullable String organizationId,
    @Nullable Failure backendFailure) {

  /**
   * Returns a copy for a reconciliation that takes the background permit with its first request.
   */
  public LinkedBot inBackground(Permit permit) {
    return new LinkedBot(connection.inBackground(permit), botId, organizationId, backendFailure);
  }
}
