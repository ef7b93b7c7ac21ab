package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.operator.okchat.Bot;
import ai.okchat.operator.status.EventRecorder;
import ai.okchat.operator.status.EventRecorder.Weight;
import ai.okchat.operator.status.Reason;

/** The story of one Chatbot, for {@code kubectl describe}: one Event for each change. */
final class ChatbotEvents {

  private final EventRecorder recorder;

  ChatbotEvents(EventRecorder recorder) {
    this.recorder = recorder;
  }

  void created(Chatbot chatbot, Bot bot) {
    recorder.record(
        chatbot,
        Weight.Normal,
        Reason.Created,
        "Created the bot %s with the slug %s.".formatted(bot.id(), bot.slug()));
  }

  void adopted(Chatbot chatbot, Bot bot, BotOwnership.Basis basis) {
    recorder.record(
        chatbot,
        Weight.Normal,
        Reason.Adopted,
        basis == BotOwnership.Basis.RESTORED
            ? "Found the bot %s by its recorded slug %s and took it over."
                .formatted(bot.id(), bot.slug())
            : "Took over the bot %s, which had the slug %s already."
                .formatted(bot.id(), bot.slug()));
  }

  /** An edit, or drift that was put right. */
  void written(Chatbot chatbot, Plan plan, boolean edited) {
    var fields = String.join(", ", plan.fieldNames());
    if (edited) {
      recorder.record(chatbot, Weight.Normal, Reason.Updated, "Updated %s.".formatted(fields));
    } else {
      recorder.record(
          chatbot,
          Weight.Warning,
          Reason.DriftCorrected,
          "Somebody changed %s in the backend; put back what the spec asks for.".formatted(fields));
    }
  }

  /** Drift that stays by policy; told once for each set of fields. */
  void driftFound(Chatbot chatbot, Plan plan, Reason reason) {
    var status = chatbot.getStatus();
    if (status != null && status.drift().equals(DriftText.of(plan.differences()))) {
      return;
    }
    recorder.record(
        chatbot,
        Weight.Warning,
        reason == Reason.DriftContested ? reason : Reason.DriftFound,
        "The backend differs in %s; it is left so."
            .formatted(String.join(", ", plan.fieldNames())));
  }

  void deleted(Chatbot chatbot, String id) {
    recorder.record(chatbot, Weight.Normal, Reason.Deleted, "Deleted the bot %s.".formatted(id));
  }

  void deletionBlocked(Chatbot chatbot, String message) {
    recorder.record(chatbot, Weight.Warning, Reason.DeletionBlocked, message);
  }

  void orphaned(Chatbot chatbot, String message) {
    recorder.record(chatbot, Weight.Warning, Reason.Orphaned, message);
  }
}
