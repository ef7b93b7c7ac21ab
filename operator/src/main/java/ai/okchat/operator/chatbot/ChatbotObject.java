package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.ChatbotStatus;
import ai.okchat.api.v1alpha1.RecordedBackend;
import ai.okchat.client.Bot;
import ai.okchat.operator.backend.BackendKey;
import ai.okchat.operator.backend.Connection;
import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.Conditions;
import ai.okchat.operator.status.Failure;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Optional;

/** Writes the Kubernetes object of a Chatbot: metadata, status and Events. */
record ChatbotObject(ChatbotMetadata metadata, ChatbotStatusWriter status, ChatbotEvents events) {

  /**
   * Records the claim before the create; also in the status if annotations prove nothing, or if the
   * status has an older claim.
   *
   * @return the status to continue with; empty if the object changed meanwhile and nothing was
   *     written
   */
  Optional<ChatbotStatus> claim(Chatbot chatbot, Claim claim, Connection connection) {
    try {
      metadata.claim(chatbot, claim);
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        return Optional.empty();
      }
      throw e;
    }
    var known =
        ChatbotStatusFactory.withClaim(
            chatbot, claim.sentTo(connection.account()), connection.origin());
    if (isClaimedInStatus(chatbot)) {
      status.announce(chatbot, OwnershipFailures.creating(), known);
    }
    return Optional.of(known);
  }

  /** Adds finalizer and claim to an object whose bot exists, if they are missing. */
  void recordClaim(Chatbot chatbot, Bot bot, BotOwnership.Basis basis) {
    if (basis == BotOwnership.Basis.ADOPTED || basis == BotOwnership.Basis.RESTORED) {
      events.adopted(chatbot, bot, basis);
    }
    var claim = metadata.claimOf(chatbot, bot, basis);
    if (!ChatbotMetadata.hasFinalizerAndClaim(chatbot, claim)) {
      metadata.addFinalizer(chatbot, claim);
    }
  }

  /** Adds the finalizer to a paused object that owns a bot, if another client removed it. */
  void restoreFinalizer(Chatbot chatbot) {
    var slug = chatbot.getStatus() == null ? null : chatbot.getStatus().slug();
    if (slug != null
        && !ChatbotMetadata.hasFinalizer(chatbot)
        && Conditions.isTrue(chatbot.getStatus().conditions(), ConditionType.Ready)) {
      metadata.restoreFinalizer(chatbot, slug);
    }
  }

  /** Removes claim and finalizer, if there are any, from an object that does not own the bot. */
  void removeOwnClaim(Chatbot chatbot) {
    if (ChatbotMetadata.hasFinalizerOrClaim(chatbot)) {
      var _ = metadata.removeOwnClaim(chatbot);
    }
  }

  /**
   * Removes the claim of a create that certainly failed. Restores the claim of an earlier create
   * that is not resolved: this response says nothing about that one.
   *
   * @param chatbot as it was before the create
   * @return the status to continue with
   */
  ChatbotStatus removeFailedClaim(Chatbot chatbot, RecordedBackend origin) {
    var earlier = Claim.unresolvedOn(chatbot).filter(claim -> claim.isBy(chatbot));
    if (earlier.isEmpty()) {
      metadata.removeClaim(chatbot);
    }
    var known =
        earlier
            .map(claim -> ChatbotStatusFactory.withEarlierClaim(chatbot, claim, origin))
            .orElseGet(() -> ChatbotStatusFactory.withoutBot(chatbot));
    if (earlier.isPresent() || isClaimedInStatus(chatbot)) {
      status.announce(chatbot, OwnershipFailures.creating(), known);
    }
    return known;
  }

  private static boolean isClaimedInStatus(Chatbot chatbot) {
    return BackendKey.of(chatbot).isShared()
        || ChatbotStatusFactory.before(chatbot).claim() != null;
  }

  /** Resets the object to the state of a new one: annotations and finalizer, then ID and record. */
  void reset(Chatbot chatbot, Failure failure) {
    if (ChatbotMetadata.hasFinalizerOrClaim(chatbot)) {
      metadata.removeClaim(chatbot);
    }
    status.failed(chatbot, failure, ChatbotStatusFactory.withoutBot(chatbot));
  }
}
