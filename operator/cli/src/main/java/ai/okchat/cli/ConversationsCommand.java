package ai.okchat.cli;

import ai.okchat.client.Conversation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Lists the conversations of a bot. */
@Command(
    name = "conversations",
    sortOptions = false,
    description = "Lists the conversations of a bot, the newest first.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  kubectl okchat conversations support",
      "  kubectl okchat conversations support --since 7d -o wide",
      "  kubectl okchat conversations support --limit 1000 -o json"
    })
final class ConversationsCommand implements Callable<Integer> {
  private static final int LONGEST_MESSAGE = 80;

  @ParentCommand private @Nullable OkChatPlugin plugin;
  @Mixin private ChatbotArgument chatbot = new ChatbotArgument();
  @Mixin private OutputOption output = new OutputOption();

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "an age such as 7d, a day or a time")
  private @Nullable String since;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "most conversations (default: 50)")
  private int limit;

  @Override
  public Integer call() {
    var known = Objects.requireNonNull(plugin);
    var now = known.streams().clock().instant();
    var from = since == null ? Instant.EPOCH : Since.parse(since, now);
    if (limit < 1) {
      throw PluginException.unknown("--limit is a number from 1.");
    }
    var found = new ConversationReader(chatbot.open(known)).since(from, limit);
    var printer = known.printer();
    if (found.isEmpty()) {
      printer.note("There are no conversations.");
      return ExitCode.NO;
    }
    switch (output.format()) {
      case JSON, YAML -> {
        var tree = JsonText.object();
        var items = tree.putArray("conversations");
        found.forEach(conversation -> items.add(ConversationTree.of(conversation)));
        printer.tree(output.format(), tree);
      }
      case NAME -> found.forEach(conversation -> printer.line(VisibleText.line(conversation.id())));
      default -> printer.lines(table(found, now).lines(output.format()));
    }
    return ExitCode.YES;
  }

  private TextTable table(List<Conversation> found, Instant now) {
    var wide = output.format() == OutputFormat.WIDE;
    var table =
        wide
            ? new TextTable("SESSION", "PLATFORM", "STATE", "STARTED", "ACTIVE", "LAST MESSAGE")
            : new TextTable("SESSION", "PLATFORM", "STATE", "STARTED", "ACTIVE");
    for (var conversation : found) {
      var cells = new ArrayList<String>();
      cells.add(conversation.id());
      cells.add(Objects.requireNonNullElse(conversation.platform(), ""));
      cells.add(Objects.requireNonNullElse(conversation.state(), ""));
      cells.add(age(conversation.createdAt(), now));
      cells.add(age(conversation.updatedAt(), now));
      if (wide) {
        cells.add(VisibleText.bounded(lastMessage(conversation), LONGEST_MESSAGE));
      }
      table.row(cells);
    }
    return table;
  }

  private static String age(@Nullable Instant time, Instant now) {
    return time == null ? "" : Ages.of(Duration.between(time, now));
  }

  private static String lastMessage(Conversation conversation) {
    return Optional.ofNullable(conversation.lastMessage())
        .map(Conversation.LastMessage::content)
        .orElse("");
  }
}
