package ai.okchat.cli;

import java.time.temporal.ChronoUnit;
import picocli.CommandLine.Command;

/** Asks the operator to compare or read now. */
@Command(
    name = "refresh",
    sortOptions = false,
    description = {
      "Asks the operator to read an object again now.",
      "It compares a Chatbot with the backend and fetches its avatar; for a KnowledgeSource, it"
          + " reads the source and sends rejected documents again."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  kubectl okchat refresh support", "  kubectl okchat refresh kns/handbook"})
final class RefreshCommand extends VerbCommand {
  private static final String RECONCILE = "okchat.ai/reconcile-requested-at";
  private static final String REFRESH = "okchat.ai/refresh-requested-at";

  @Override
  Change change(KubeObject object, OkChatPlugin plugin) {
    var now = plugin.streams().clock().instant().truncatedTo(ChronoUnit.MILLIS).toString();
    return object.type().equals(Kind.CHATBOT.type())
        ? new Change(RECONCILE, now, "the operator compares it with the backend now.")
        : new Change(REFRESH, now, "the operator reads its source now.");
  }
}
