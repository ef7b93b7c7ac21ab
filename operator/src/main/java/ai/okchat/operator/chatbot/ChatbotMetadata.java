package ai.okchat.operator.chatbot;

import static java.time.temporal.ChronoUnit.SECONDS;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.operator.backend.BackendHold;
import ai.okchat.operator.okchat.Bot;
import ai.okchat.operator.status.ClaimAnnotation;
import ai.okchat.operator.status.OwnWrites;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** The finalizer and the annotations that we put on a Chatbot, always together. */
final class ChatbotMetadata {

  private final OwnWrites writes;
  private final Clock clock;

  ChatbotMetadata(OwnWrites writes, Clock clock) {
    this.writes = writes;
    this.clock = clock;
  }

  /**
   * Records the claim and adds the finalizer, in one write, before the bot exists. The write fails
   * if the object changed meanwhile: of two operators that see one version, one creates the bot.
   */
  void claim(Chatbot chatbot, Claim claim) {
    var fresh = marked(chatbot, claim);
    fresh.getMetadata().setResourceVersion(chatbot.getMetadata().getResourceVersion());
    writes.applyMetadata(fresh);
  }

  /** Adds the finalizer to the object of a bot that exists, and records the slug of the bot. */
  void hold(Chatbot chatbot, Claim claim) {
    writes.applyMetadata(marked(chatbot, claim));
  }

  /** Adds a finalizer that another client removed, without reading the bot. */
  void holdAgain(Chatbot chatbot, String slug) {
    var uid = chatbot.getMetadata().getUid();
    hold(
        chatbot,
        Claim.recordedOn(chatbot)
            .orElseGet(() -> new Claim(slug, uid, clock.instant().truncatedTo(SECONDS))));
  }

  /** The claim of an object whose bot exists. */
  Claim claimOf(Chatbot chatbot, Bot bot, BotOwnership.Basis basis) {
    return Claim.of(chatbot, bot, basis, clock.instant());
  }

  /** Removes the claim and finalizer that the operator wrote; copied annotations stay. */
  Chatbot withdraw(Chatbot chatbot) {
    var fresh = fresh(chatbot);
    fresh.getMetadata().setAnnotations(Map.of());
    return writes.applyMetadata(fresh);
  }

  /** Removes claim and finalizer, whichever field manager owns them: the object has no bot. */
  void withdrawAll(Chatbot chatbot) {
    var written = withdraw(chatbot);
    if (isMarked(written)) {
      writes.removeMetadata(
          written, List.of(Claim.SLUG_ANNOTATION, ClaimAnnotation.KEY), BackendHold.FINALIZER);
    }
  }

  /** Lets the object go. */
  void release(Chatbot chatbot) {
    writes.removeFinalizer(chatbot, BackendHold.FINALIZER);
  }

  static boolean isHeld(Chatbot chatbot) {
    return chatbot.hasFinalizer(BackendHold.FINALIZER);
  }

  /** Whether there is anything to take back. */
  static boolean isMarked(Chatbot chatbot) {
    return isHeld(chatbot) || Claim.recordedOn(chatbot).isPresent();
  }

  /** Whether finalizer and claim are as they have to be. */
  static boolean isHeldUnder(Chatbot chatbot, Claim claim) {
    return isHeld(chatbot) && Claim.recordedOn(chatbot).filter(claim::equals).isPresent();
  }

  private static Chatbot marked(Chatbot chatbot, Claim claim) {
    var fresh = fresh(chatbot);
    fresh.getMetadata().setFinalizers(List.of(BackendHold.FINALIZER));
    fresh.getMetadata().setAnnotations(claim.annotations());
    return fresh;
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
