package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.ChatbotStatus;
import ai.okchat.api.v1alpha1.RecordedBackend;
import ai.okchat.operator.backend.BackendKey;
import ai.okchat.operator.backend.Connection;
import ai.okchat.operator.okchat.Bot;
import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.Conditions;
import ai.okchat.operator.status.Failure;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Optional;

/** The Kubernetes side of a Chatbot: everything that the operator writes there. */
record ChatbotObject(ChatbotMetadata metadata, StatusWriter status, ChatbotEvents events) {

  /**
   * Records the claim before the create. In the status too where annotations prove nothing, or
   * where the status has an older claim.
   *
   * @return the status to go on from; empty if the object changed meanwhile and nothing was written
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
        ChatbotReport.withClaim(chatbot, claim.sentTo(connection.account()), connection.origin());
    if (isClaimedInStatus(chatbot)) {
      status.announce(chatbot, OwnershipFailures.creating(), known);
    }
    return Optional.of(known);
  }

  /** The bot exists: the object gets its finalizer and claim, if it lacks them. */
  void hold(Chatbot chatbot, Bot bot, BotOwnership.Basis basis) {
    if (basis == BotOwnership.Basis.ADOPTED || basis == BotOwnership.Basis.RESTORED) {
      events.adopted(chatbot, bot, basis);
    }
    var claim = metadata.claimOf(chatbot, bot, basis);
    if (!ChatbotMetadata.isHeldUnder(chatbot, claim)) {
      metadata.hold(chatbot, claim);
    }
  }

  /** A paused object that owns a bot has its finalizer, whatever other clients remove. */
  void holdAgain(Chatbot chatbot) {
    var slug = chatbot.getStatus() == null ? null : chatbot.getStatus().slug();
    if (slug != null
        && !ChatbotMetadata.isHeld(chatbot)
        && Conditions.isTrue(chatbot.getStatus().conditions(), ConditionType.Ready)) {
      metadata.holdAgain(chatbot, slug);
    }
  }

  /** The object does not own the bot: claim and finalizer go, if there are any. */
  void withdraw(Chatbot chatbot) {
    if (ChatbotMetadata.isMarked(chatbot)) {
      var _ = metadata.withdraw(chatbot);
    }
  }

  /**
   * Removes the claim of a create that certainly failed. The claim of an earlier create that is not
   * resolved comes back: this response says nothing about that one.
   *
   * @param chatbot as it was before the create
   * @return the status to go on from
   */
  ChatbotStatus withdrawClaim(Chatbot chatbot, RecordedBackend origin) {
    var earlier = Claim.unresolvedOn(chatbot).filter(claim -> claim.isBy(chatbot));
    if (earlier.isEmpty()) {
      metadata.withdrawAll(chatbot);
    }
    var known =
        earlier
            .map(claim -> ChatbotReport.withEarlierClaim(chatbot, claim, origin))
            .orElseGet(() -> ChatbotReport.withoutBot(chatbot));
    if (earlier.isPresent() || isClaimedInStatus(chatbot)) {
      status.announce(chatbot, OwnershipFailures.creating(), known);
    }
    return known;
  }

  private static boolean isClaimedInStatus(Chatbot chatbot) {
    return BackendKey.of(chatbot).isShared() || ChatbotReport.before(chatbot).claim() != null;
  }

  /**
   * Returns the object to the state of a new one: annotations and finalizer, then ID and record.
   */
  void reset(Chatbot chatbot, Failure failure) {
    if (ChatbotMetadata.isMarked(chatbot)) {
      metadata.withdrawAll(chatbot);
    }
    status.failed(chatbot, failure, ChatbotReport.withoutBot(chatbot));
  }
}
