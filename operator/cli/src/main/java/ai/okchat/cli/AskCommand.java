package ai.okchat.cli;

import ai.okchat.client.ChatPart;
import ai.okchat.client.ChatRequest;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Asks a bot, and prints the answer while it is generated. */
@Command(
    name = "ask",
    sortOptions = false,
    description = {
      "Asks a bot, and prints the answer while it is generated.",
      "Without a question, it reads one question a line until Ctrl-D. Each question costs credits,"
          + " and the backend stores the conversation."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  kubectl okchat ask support \"When are you open?\"",
      "  kubectl okchat ask support                        # interactive",
      "  kubectl okchat ask support --session my-test \"And on Sundays?\"",
      "  OKCHAT_API_KEY=... kubectl okchat ask support \"Hello\" -o json"
    })
final class AskCommand implements Callable<Integer> {
  private static final String PLATFORM = "web";

  @ParentCommand private @Nullable OkChatPlugin plugin;
  @Mixin private ChatbotArgument chatbot = new ChatbotArgument();
  @Mixin private OutputOption output = new OutputOption();

  @Parameters(index = "1", arity = "0..1", paramLabel = "QUESTION", description = "the question")
  private @Nullable String question;

  @Option(
      names = "--session",
      paramLabel = "TOKEN",
      description = "continue the conversation with this token, or begin one")
  private @Nullable String session;

  @Override
  public Integer call() {
    var known = Objects.requireNonNull(plugin);
    var bot = chatbot.open(known);
    var token = session == null ? "kubectl-" + UUID.randomUUID() : session;
    var history = session == null ? new ArrayList<ChatRequest.Message>() : history(bot, token);
    if (question != null) {
      ask(bot, token, history, question);
    } else {
      converse(bot, token, history);
    }
    if (!output.format().isTree()) {
      known
          .printer()
          .note(
              "Continue with: kubectl okchat ask %s --session %s".formatted(chatbot.name(), token));
    }
    return ExitCode.YES;
  }

  /** The backend adds no earlier messages: a request has the whole conversation. */
  private static List<ChatRequest.Message> history(BackendAccess.OpenBot bot, String token) {
    var reader = new ConversationReader(bot);
    var history = new ArrayList<ChatRequest.Message>();
    reader
        .find(conversation -> token.equals(conversation.sessionToken()))
        .ifPresent(
            conversation ->
                reader
                    .messages(conversation.id())
                    .forEach(
                        message ->
                            history.add(
                                new ChatRequest.Message(
                                    message.senderType().equals("user") ? "user" : "assistant",
                                    Objects.requireNonNullElse(message.content(), "")))));
    return history;
  }

  private void converse(
      BackendAccess.OpenBot bot, String token, List<ChatRequest.Message> history) {
    var streams = Objects.requireNonNull(plugin).streams();
    try (var lines = QuestionLines.of(streams)) {
      for (var line = lines.next(); line != null; line = lines.next()) {
        if (!line.isBlank()) {
          ask(bot, token, history, line);
        }
      }
    } catch (IOException e) {
      throw PluginException.unknown("The input cannot be read. Ask with an argument instead.");
    }
  }

  private void ask(
      BackendAccess.OpenBot bot, String token, List<ChatRequest.Message> history, String text) {
    history.add(new ChatRequest.Message("user", text));
    var answer = new Answer(Objects.requireNonNull(plugin).printer(), output.format());
    try (var stream =
        bot.client().streamChat(bot.id(), new ChatRequest(history, PLATFORM, token))) {
      stream.forEach(answer::add);
    }
    history.add(new ChatRequest.Message("assistant", answer.text()));
    answer.end(token);
  }

  /** Collects and prints the parts of one answer. */
  private static final class Answer {
    private final Printer printer;
    private final OutputFormat format;
    private final StringBuilder text = new StringBuilder();
    private final List<String> tools = new ArrayList<>();
    private ChatPart.@Nullable End end;

    Answer(Printer printer, OutputFormat format) {
      this.printer = printer;
      this.format = format;
    }

    String text() {
      return text.toString();
    }

    void add(ChatPart part) {
      switch (part) {
        case ChatPart.Text piece -> {
          text.append(piece.delta());
          if (!format.isTree()) {
            printer.part(piece.delta());
          }
        }
        case ChatPart.ToolCall call -> {
          tools.add(call.toolName());
          if (!format.isTree()) {
            printer.note("[tool " + VisibleText.bounded(call.toolName(), 80) + "]");
          }
        }
        case ChatPart.Failed failed ->
            throw PluginException.unknown(
                "The answer failed: %s. Ask again.".formatted(failed.message()));
        case ChatPart.End last -> end = last;
        default -> {
          // The other parts do not concern the reader.
        }
      }
    }

    void end(String token) {
      if (format.isTree()) {
        printer.tree(format, tree(token));
        return;
      }
      printer.part("\n");
      var last = end;
      if (last != null && last.usage().promptTokens().isPresent()) {
        printer.note(
            "Tokens: %d for the prompt, %d for the answer."
                .formatted(
                    last.usage().promptTokens().getAsLong(),
                    last.usage().completionTokens().orElse(0)));
      }
    }

    private JsonNode tree(String token) {
      var tree = JsonText.object().put("session", token).put("answer", text());
      var called = tree.putArray("tools");
      tools.forEach(called::add);
      var last = end;
      if (last != null) {
        tree.put("finishReason", last.finishReason());
        last.usage().promptTokens().ifPresent(count -> tree.put("promptTokens", count));
        last.usage().completionTokens().ifPresent(count -> tree.put("completionTokens", count));
      }
      return tree;
    }
  }
}
