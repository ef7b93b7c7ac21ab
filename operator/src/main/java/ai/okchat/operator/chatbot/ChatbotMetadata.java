package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.operator.backend.BackendHold;
import ai.okchat.operator.okchat.Bot;
import ai.okchat.operator.status.OwnWrites;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.PrimaryUpdateAndCacheUtils;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** The finalizer and the annotations that we put on a Chatbot, always together. */
final class ChatbotMetadata {

  private final KubernetesClient kubernetes;
  private final OwnWrites writes;
  private final Clock clock;

  ChatbotMetadata(KubernetesClient kubernetes, OwnWrites writes, Clock clock) {
    this.kubernetes = kubernetes;
    this.writes = writes;
    this.clock = clock;
  }

  /** Records the identity and holds the object, in one write, before the bot exists. */
  void claim(Chatbot chatbot, Claim claim) {
    var fresh = fresh(chatbot);
    fresh.getMetadata().setFinalizers(List.of(BackendHold.FINALIZER));
    fresh.getMetadata().setAnnotations(claim.annotations());
    writes.applyMetadata(fresh);
  }

  /** Holds the object of a bot that exists, under the slug that the bot has. */
  void hold(Chatbot chatbot, Bot bot) {
    var claim = Claim.by(chatbot, clock.instant());
    var slug = bot.slug() == null ? claim.slug() : bot.slug();
    claim(chatbot, new Claim(slug, claim.uid(), claim.at()));
  }

  /** Takes the claim and the hold back: there is no bot of this object. */
  void withdraw(Chatbot chatbot) {
    var fresh = fresh(chatbot);
    fresh.getMetadata().setAnnotations(Map.of());
    writes.applyMetadata(fresh);
  }

  /** Lets the object go. */
  void release(Chatbot chatbot) {
    PrimaryUpdateAndCacheUtils.removeFinalizer(kubernetes, chatbot, BackendHold.FINALIZER);
  }

  static boolean isHeld(Chatbot chatbot) {
    return chatbot.hasFinalizer(BackendHold.FINALIZER);
  }

  /** Whether there is anything to take back. */
  static boolean isMarked(Chatbot chatbot) {
    return isHeld(chatbot) || Claim.recordedOn(chatbot).isPresent();
  }

  static boolean isClaimedByItself(Chatbot chatbot) {
    return Claim.recordedOn(chatbot).filter(claim -> claim.isBy(chatbot)).isPresent();
  }

  /** What a server-side apply needs to say whom it is about. */
  static Chatbot fresh(Chatbot chatbot) {
    var metadata = chatbot.getMetadata();
    var fresh = new Chatbot();
    ObjectMeta identity =
        new ObjectMetaBuilder()
            .withNamespace(metadata.getNamespace())
            .withName(metadata.getName())
            .withUid(metadata.getUid())
            .build();
    fresh.setMetadata(identity);
    return fresh;
  }
}
