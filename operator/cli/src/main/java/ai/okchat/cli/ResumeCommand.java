package ai.okchat.cli;

import picocli.CommandLine.Command;

/** Ends a pause. */
@Command(
    name = "resume",
    sortOptions = false,
    description = "Ends the pause of objects.",
    footerHeading = "%nExamples:%n",
    footer = {"  kubectl okchat resume support", "  kubectl okchat resume kns/faq"})
final class ResumeCommand extends VerbCommand {

  @Override
  Change change(KubeObject object, OkChatPlugin plugin) {
    if (object.text("spec", "suspend").equals("true")) {
      throw PluginException.no(
          "%s: spec.suspend is true in its manifest. Set it to false there."
              .formatted(object.title()));
    }
    return new Change(SuspendCommand.PAUSED, null, "continues.");
  }
}
