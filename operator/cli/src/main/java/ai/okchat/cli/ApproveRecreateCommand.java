package ai.okchat.cli;

import java.util.List;
import picocli.CommandLine.Command;

/** Approves that the operator creates a lost bot again. */
@Command(
    name = "approve-recreate",
    sortOptions = false,
    description = {
      "Approves that the operator creates a lost bot again, although the account lists no bot.",
      "Check first that the API key opens the right account."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  kubectl okchat why support", "  kubectl okchat approve-recreate support"})
final class ApproveRecreateCommand extends VerbCommand {
  private static final String APPROVAL = "okchat.ai/approve-recreate";

  @Override
  List<Kind> kinds() {
    return List.of(Kind.CHATBOT);
  }

  @Override
  Change change(KubeObject object, OkChatPlugin plugin) {
    var id = object.text("status", "id");
    if (id.isEmpty()) {
      throw PluginException.no(
          "%s has no status.id: there is no lost bot to create again. See: kubectl okchat why %s"
              .formatted(object.title(), object.name()));
    }
    return new Change(APPROVAL, id, "the operator may create the bot %s again.".formatted(id));
  }
}
