package ai.okchat.cli;

import ai.okchat.client.Message;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** Writes a real conversation as test cases. */
@Command(
    name = "case",
    sortOptions = false,
    description = {
      "Writes a conversation as test cases of promptfoo: each question, with some words of its"
          + " answer as a starting point.",
      "Edit the words: a test should fail only if the answer is wrong."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  kubectl okchat case support 7d3f6a52-0000-4000-8000-000000000000 > hours.yaml"})
final class CaseCommand implements Callable<Integer> {
  private static final Pattern WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final int SHORTEST_WORD = 4;
  private static final int MOST_WORDS = 3;

  @ParentCommand private @Nullable OkChatPlugin plugin;
  @Mixin private ConversationArguments conversation = new ConversationArguments();

  @Override
  public Integer call() {
    var known = Objects.requireNonNull(plugin);
    var messages = conversation.messages(known);
    var tree = tree(messages);
    if (tree.path("tests").isEmpty()) {
      throw PluginException.no("The conversation has no question with an answer.");
    }
    known.printer().tree(OutputFormat.YAML, tree);
    return ExitCode.YES;
  }

  private JsonNode tree(List<Message> messages) {
    var tree =
        JsonText.object()
            .put(
                "description",
                "Conversation %s of Chatbot %s"
                    .formatted(conversation.session(), conversation.chatbot()));
    tree.putArray("prompts").add("{{question}}");
    var tests = tree.putArray("tests");
    for (var at = 0; at + 1 < messages.size(); at++) {
      var question = messages.get(at);
      var answer = messages.get(at + 1);
      if (question.senderType().equals("user") && !answer.senderType().equals("user")) {
        var test = tests.addObject();
        test.putObject("vars").put("question", text(question));
        var words = test.putArray("assert").addObject().put("type", "icontains-any");
        var values = words.putArray("value");
        words(text(answer)).forEach(values::add);
      }
    }
    return tree;
  }

  private static String text(Message message) {
    return Objects.requireNonNullElse(message.content(), "");
  }

  /** Returns the longest words, which are the most specific ones. */
  private static List<String> words(String answer) {
    return Arrays.stream(WORD.split(answer, -1))
        .map(word -> word.toLowerCase(Locale.ROOT))
        .filter(word -> word.length() >= SHORTEST_WORD)
        .distinct()
        .sorted(Comparator.comparingInt(String::length).reversed().thenComparing(word -> word))
        .limit(MOST_WORDS)
        .toList();
  }
}
