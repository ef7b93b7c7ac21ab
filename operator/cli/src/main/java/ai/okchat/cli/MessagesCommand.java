package ai.okchat.cli;

import ai.okchat.client.Message;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** Shows the messages of one conversation. */
@Command(
    name = "messages",
    sortOptions = false,
    description = "Shows the messages of one conversation, the oldest first.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  kubectl okchat messages support 7d3f6a52-0000-4000-8000-000000000000",
      "  kubectl okchat messages support 7d3f6a52-0000-4000-8000-000000000000 -o json"
    })
final class MessagesCommand implements Callable<Integer> {
  private static final int LONGEST_MESSAGE = 120;

  @ParentCommand private @Nullable OkChatPlugin plugin;
  @Mixin private ConversationArguments conversation = new ConversationArguments();
  @Mixin private OutputOption output = new OutputOption();

  @Override
  public Integer call() {
    var known = Objects.requireNonNull(plugin);
    var messages = conversation.messages(known);
    var printer = known.printer();
    if (messages.isEmpty()) {
      printer.note("The conversation has no messages.");
      return ExitCode.NO;
    }
    switch (output.format()) {
      case JSON, YAML -> {
        var tree = JsonText.object();
        var items = tree.putArray("messages");
        messages.forEach(message -> items.add(ConversationTree.of(message)));
        printer.tree(output.format(), tree);
      }
      case NAME -> messages.forEach(message -> printer.line(VisibleText.line(message.id())));
      default -> {
        var table = new TextTable("TIME", "SENDER", "MESSAGE");
        messages.forEach(message -> table.row(row(message)));
        printer.lines(table.lines(output.format()));
      }
    }
    return ExitCode.YES;
  }

  private List<String> row(Message message) {
    var content = Objects.requireNonNullElse(message.content(), "");
    return List.of(
        Objects.requireNonNullElse(ConversationTree.time(message.createdAt()), ""),
        message.senderType(),
        output.format() == OutputFormat.WIDE
            ? content
            : VisibleText.bounded(content, LONGEST_MESSAGE));
  }
}
