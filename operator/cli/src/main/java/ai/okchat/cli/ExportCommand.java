package ai.okchat.cli;

import ai.okchat.client.Conversation;
import ai.okchat.client.Message;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Exports all messages of a bot. */
@Command(
    name = "export",
    sortOptions = false,
    description = {
      "Exports the conversations of a bot, one message a line, the oldest conversation first.",
      "With --cursor, a later run continues behind the last conversation; one with newer messages"
          + " is exported again as a whole.",
      "--redact masks e-mail addresses and long numbers, but no names."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  kubectl okchat export support --since 7d > conversations.ndjson",
      "  kubectl okchat export support -o csv --redact > conversations.csv",
      "  kubectl okchat export support --cursor support.cursor >> conversations.ndjson"
    })
final class ExportCommand implements Callable<Integer> {
  private static final int PROGRESS = 100;

  /** The values of {@code -o}. */
  enum Format {
    NDJSON,
    CSV;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @ParentCommand private @Nullable OkChatPlugin plugin;
  @Mixin private ChatbotArgument chatbot = new ChatbotArgument();

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "an age such as 7d, a day or a time")
  private @Nullable String since;

  @Option(names = "-o", paramLabel = "FORMAT", description = "ndjson or csv (default: ndjson)")
  private Format format = Format.NDJSON;

  @Option(names = "--redact", description = "mask e-mail addresses and long numbers")
  private boolean redact;

  @Option(
      names = "--cursor",
      paramLabel = "FILE",
      description = "continue behind the last conversation in this file, and update it")
  private @Nullable Path cursor;

  @Override
  public Integer call() {
    var known = Objects.requireNonNull(plugin);
    var now = known.streams().clock().instant();
    var from = since == null ? Instant.EPOCH : Since.parse(since, now);
    var start = cursor == null ? ExportCursor.START : ExportCursor.read(cursor);
    var reader = new ConversationReader(chatbot.open(known));
    var conversations =
        reader.since(from.isAfter(start.time()) ? from : start.time(), Integer.MAX_VALUE).stream()
            .filter(conversation -> start.isBefore(ExportCursor.of(conversation)))
            .sorted(Comparator.comparing(ExportCursor::of, ExportCursor.order()))
            .toList();
    if (format == Format.CSV) {
      known.printer().line("session,time,sender,content,model");
    }
    var done = 0;
    for (var conversation : conversations) {
      reader.messages(conversation.id()).forEach(message -> write(conversation, message));
      known.printer().flush();
      if (cursor != null) {
        ExportCursor.of(conversation).write(cursor);
      }
      if (++done % PROGRESS == 0) {
        known
            .printer()
            .note("Exported %d of %d conversations.".formatted(done, conversations.size()));
      }
    }
    known.printer().note("Exported %d conversations.".formatted(done));
    return ExitCode.YES;
  }

  private void write(Conversation conversation, Message message) {
    var content = Objects.requireNonNullElse(message.content(), "");
    var shown = redact ? PersonalData.masked(content) : content;
    var printer = Objects.requireNonNull(plugin).printer();
    if (format == Format.CSV) {
      printer.line(
          CsvRow.of(
              List.of(
                  conversation.id(),
                  Objects.requireNonNullElse(ConversationTree.time(message.createdAt()), ""),
                  message.senderType(),
                  shown,
                  Objects.requireNonNullElse(message.model(), ""))));
    } else {
      var tree = JsonText.object().put("session", conversation.id());
      tree.put("platform", conversation.platform());
      tree.setAll(ConversationTree.of(message).put("content", shown));
      printer.line(JsonText.line(tree));
    }
  }
}
