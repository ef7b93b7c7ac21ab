package ai.okchat.operator.chatbot;

import static java.time.temporal.ChronoUnit.SECONDS;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.client.Bot;
import ai.okchat.operator.backend.BackendFinalizer;
import ai.okchat.operator.kubernetes.ServerSideApply;
import ai.okchat.operator.lifecycle.ClaimAnnotation;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Writes the finalizer and the annotations of the operator on a Chatbot, always together. */
final class ChatbotMetadata {

  private final ServerSideApply writes;
  private final Clock clock;

  ChatbotMetadata(ServerSideApply writes, Clock clock) {
    this.writes = writes;
    this.clock = clock;
  }

  /**
   * Records the claim and adds the finalizer, in one write, before the bot exists. The write fails
   * if the object changed meanwhile: of two operators that read one version, one creates the bot.
   */
  void claim(Chatbot chatbot, Claim claim) {
    var patch = withClaim(chatbot, claim);
    patch.getMetadata().setResourceVersion(chatbot.getMetadata().getResourceVersion());
    writes.applyMetadata(patch);
  }

  /** Adds the finalizer to an object whose bot exists, and records the slug of the bot. */
  void addFinalizer(Chatbot chatbot, Claim claim) {
    writes.applyMetadata(withClaim(chatbot, claim));
  }

  /** Adds the finalizer again after another client removed it, without a read of the bot. */
  void restoreFinalizer(Chatbot chatbot, String slug) {
    var uid = chatbot.getMetadata().getUid();
    addFinalizer(
        chatbot,
        Claim.recordedOn(chatbot)
            .orElseGet(() -> new Claim(slug, uid, clock.instant().truncatedTo(SECONDS))));
  }

  /** Returns the claim of an object whose bot exists. */
  Claim claimOf(Chatbot chatbot, Bot bot, BotOwnership.Basis basis) {
    return Claim.of(chatbot, bot, basis, clock.instant());
  }

  /** Removes the claim and the finalizer that the operator wrote; copied annotations stay. */
  Chatbot removeOwnClaim(Chatbot chatbot) {
    var patch = fresh(chatbot);
    patch.getMetadata().setAnnotations(Map.of());
    return writes.applyMetadata(patch);
  }

  /** Removes claim and finalizer of any field manager from an object that has no bot. */
  void removeClaim(Chatbot chatbot) {
    var written = removeOwnClaim(chatbot);
    if (hasFinalizerOrClaim(written)) {
      writes.removeMetadata(
          written, List.of(Claim.SLUG_ANNOTATION, ClaimAnnotation.KEY), BackendFinalizer.FINALIZER);
    }
  }

  /** Removes the finalizer. */
  void removeFinalizer(Chatbot chatbot) {
    writes.removeFinalizer(chatbot, BackendFinalizer.FINALIZER);
  }

  static boolean hasFinalizer(Chatbot chatbot) {
    return chatbot.hasFinalizer(BackendFinalizer.FINALIZER);
  }

  /** Returns whether the object has a finalizer or a claim. */
  static boolean hasFinalizerOrClaim(Chatbot chatbot) {
    return hasFinalizer(chatbot) || Claim.recordedOn(chatbot).isPresent();
  }

  /** Returns whether the object has the finalizer and exactly this claim. */
  static boolean hasFinalizerAndClaim(Chatbot chatbot, Claim claim) {
    return hasFinalizer(chatbot) && Claim.recordedOn(chatbot).filter(claim::equals).isPresent();
  }

  private static Chatbot withClaim(Chatbot chatbot, Claim claim) {
    var patch = fresh(chatbot);
    patch.getMetadata().setFinalizers(List.of(BackendFinalizer.FINALIZER));
    patch.getMetadata().setAnnotations(claim.annotations());
    return patch;
  }

  /** Returns an object with only the identity, which is the base of a server-side apply. */
  static Chatbot fresh(Chatbot chatbot) {
    var metadata = chatbot.getMetadata();
    var patch = new Chatbot();
    ObjectMeta identity =
        new ObjectMetaBuilder()
            .withNamespace(metadata.getNamespace())
            .withName(metadata.getName())
            .withUid(metadata.getUid())
            .build();
    patch.setMetadata(identity);
    return patch;
  }
}
