package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.client.Bot;
import ai.okchat.operator.kubernetes.EventRecorder;
import ai.okchat.operator.kubernetes.EventRecorder.EventType;
import ai.okchat.operator.status.Reason;
import ai.okchat.planning.DriftFormatter;
import ai.okchat.planning.Plan;

/** Records one Event for each change of a Chatbot, for {@code kubectl describe}. */
final class ChatbotEvents {

  private final EventRecorder recorder;

  ChatbotEvents(EventRecorder recorder) {
    this.recorder = recorder;
  }

  void created(Chatbot chatbot, Bot bot) {
    recorder.record(
        chatbot,
        EventType.Normal,
        Reason.Created,
        "Created the bot %s with the slug %s.".formatted(bot.id(), bot.slug()));
  }

  void adopted(Chatbot chatbot, Bot bot, BotOwnership.Basis basis) {
    recorder.record(
        chatbot,
        EventType.Normal,
        Reason.Adopted,
        basis == BotOwnership.Basis.RESTORED
            ? "Adopted the bot %s, found by its recorded slug %s.".formatted(bot.id(), bot.slug())
            : "Adopted the bot %s, which already had the slug %s.".formatted(bot.id(), bot.slug()));
  }

  /** Records an applied edit, or corrected drift. */
  void written(Chatbot chatbot, Plan plan, boolean edited) {
    var fields = String.join(", ", plan.fieldNames());
    if (edited) {
      recorder.record(chatbot, EventType.Normal, Reason.Updated, "Updated %s.".formatted(fields));
    } else {
      recorder.record(
          chatbot,
          EventType.Warning,
          Reason.DriftCorrected,
          "Another client changed %s in the backend. The operator corrected it.".formatted(fields));
    }
  }

  /** Records drift that is not corrected, once for each set of fields. */
  void driftFound(Chatbot chatbot, Plan plan, Reason reason) {
    var status = chatbot.getStatus();
    if (status != null && status.drift().equals(DriftFormatter.of(plan.differences()))) {
      return;
    }
    recorder.record(
        chatbot,
        EventType.Warning,
        reason == Reason.DriftRecurring ? reason : Reason.DriftFound,
        "The backend differs from the spec in %s. The operator currently does not correct it."
            .formatted(String.join(", ", plan.fieldNames())));
  }

  void deleted(Chatbot chatbot, String id) {
    recorder.record(chatbot, EventType.Normal, Reason.Deleted, "Deleted the bot %s.".formatted(id));
  }

  void deletionBlocked(Chatbot chatbot, String message) {
    recorder.record(chatbot, EventType.Warning, Reason.DeletionBlocked, message);
  }

  void orphaned(Chatbot chatbot, String message) {
    recorder.record(chatbot, EventType.Warning, Reason.Orphaned, message);
  }
}
