package ai.okchat.cli;

import ai.okchat.client.Conversation;
import ai.okchat.client.Message;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
      "  kubectl okchat export support --cursor support.cursor --file new.ndjson"
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
      names = "--file",
      paramLabel = "FILE",
      description = "append to this file instead of standard output")
  private @Nullable Path file;

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
    if (file == null) {
      write(known.printer(), reader, conversations, true);
    } else if (!conversations.isEmpty()) {
      append(file, reader, conversations);
    }
    known.printer().note("Exported %d conversations.".formatted(conversations.size()));
    return ExitCode.YES;
  }

  private void append(Path target, ConversationReader reader, List<Conversation> conversations) {
    try (var bytes =
            new BufferedOutputStream(
                Files.newOutputStream(
                    target, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
        var out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
      var isNew = Files.size(target) == 0;
      var streams = Objects.requireNonNull(plugin).streams().withOut(out);
      write(new Printer(streams), reader, conversations, isNew);
    } catch (IOException | BrokenPipeException e) {
      throw PluginException.unknown(
          "The file %s cannot be written. Check its folder, the permissions and the free space."
              .formatted(VisibleText.bounded(target.toString(), 200)));
    }
  }

  private void write(
      Printer printer, ConversationReader reader, List<Conversation> conversations, boolean isNew) {
    if (format == Format.CSV && isNew) {
      printer.line("session,time,sender,content,model");
    }
    var done = 0;
    for (var conversation : conversations) {
      reader
          .messages(conversation.id())
          .forEach(message -> printer.line(line(conversation, message)));
      printer.flush();
      if (cursor != null) {
        ExportCursor.of(conversation).write(cursor);
      }
      if (++done % PROGRESS == 0) {
        printer.note("Exported %d of %d conversations.".formatted(done, conversations.size()));
      }
    }
  }

  private String line(Conversation conversation, Message message) {
    var content = Objects.requireNonNullElse(message.content(), "");
    var shown = redact ? PersonalData.masked(content) : content;
    if (format == Format.CSV) {
      return CsvRow.of(
          List.of(
              conversation.id(),
              Objects.requireNonNullElse(ConversationTree.time(message.createdAt()), ""),
              message.senderType(),
              shown,
              Objects.requireNonNullElse(message.model(), "")));
    }
    var tree = JsonText.object().put("session", conversation.id());
    tree.put("platform", conversation.platform());
    tree.setAll(ConversationTree.of(message).put("content", shown));
    return JsonText.line(tree);
  }
}
