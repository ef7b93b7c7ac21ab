package ai.okchat.cli;

import picocli.CommandLine.Command;

/** Pauses objects. */
@Command(
    name = "suspend",
    sortOptions = false,
    description = "Pauses objects: the operator sends no request for them.",
    footerHeading = "%nExamples:%n",
    footer = {"  kubectl okchat suspend support", "  kubectl okchat suspend kns/faq kns/handbook"})
final class SuspendCommand extends VerbCommand {
  static final String PAUSED = "okchat.ai/paused";

  @Override
  Change change(KubeObject object, OkChatPlugin plugin) {
    return new Change(
        PAUSED, "true", "paused. Continue with: kubectl okchat resume " + argument(object));
  }

  private static String argument(KubeObject object) {
    return object.type().equals(Kind.CHATBOT.type()) ? object.name() : "kns/" + object.name();
  }
}
