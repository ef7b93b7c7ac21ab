package ai.okchat.cli;

import ai.okchat.client.QueryResult;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Shows the passages that a bot finds for a question. */
@Command(
    name = "search",
    sortOptions = false,
    description = {
      "Shows the passages that a bot finds in its documents for a question.",
      "The exit code is 1 if it finds none."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  kubectl okchat search support \"opening hours\"",
      "  kubectl okchat search support \"opening hours\" -o json"
    })
final class SearchCommand implements Callable<Integer> {
  private static final int LONGEST_PASSAGE = 100;

  @ParentCommand private @Nullable OkChatPlugin plugin;
  @Mixin private ChatbotArgument chatbot = new ChatbotArgument();
  @Mixin private OutputOption output = new OutputOption();

  @Parameters(index = "1", paramLabel = "QUERY", description = "the question")
  private String query = "";

  @Override
  public Integer call() {
    var known = Objects.requireNonNull(plugin);
    var bot = chatbot.open(known);
    var result = bot.client().queryKnowledge(bot.id(), query);
    var printer = known.printer();
    switch (output.format()) {
      case JSON, YAML -> printer.tree(output.format(), tree(result));
      case NAME ->
          result.passages().stream()
              .map(passage -> passage.title().orElse(""))
              .distinct()
              .forEach(title -> printer.line(VisibleText.line(title)));
      default -> {
        var table = new TextTable("SIMILARITY", "DOCUMENT", "PASSAGE");
        result.passages().forEach(passage -> table.row(row(passage)));
        if (!table.isEmpty()) {
          printer.lines(table.lines(output.format()));
        }
      }
    }
    result
        .similarityThreshold()
        .ifPresent(
            threshold ->
                printer.note(
                    "The bot omits passages with a similarity below %s."
                        .formatted(number(threshold))));
    if (result.passages().isEmpty()) {
      printer.note("The bot finds no passage.");
      return ExitCode.NO;
    }
    return ExitCode.YES;
  }

  private List<String> row(QueryResult.Passage passage) {
    var text = text(passage);
    return List.of(
        number(passage.similarity()),
        passage.title().orElse(""),
        output.format() == OutputFormat.WIDE ? text : VisibleText.bounded(text, LONGEST_PASSAGE));
  }

  /** Removes the lines about title and chunk. */
  private static String text(QueryResult.Passage passage) {
    return String.join(
            " ",
            passage
                .content()
                .lines()
                .filter(line -> !line.startsWith("Title:") && !line.startsWith("Chunk:"))
                .toList())
        .strip();
  }

  private static String number(double similarity) {
    return String.format(Locale.ROOT, "%.3f", similarity);
  }

  private static JsonNode tree(QueryResult result) {
    var tree = JsonText.object();
    var passages = tree.putArray("passages");
    for (var passage : result.passages()) {
      passages
          .addObject()
          .put("document", passage.title().orElse(null))
          .put("similarity", passage.similarity())
          .put("text", text(passage));
    }
    result.similarityThreshold().ifPresent(threshold -> tree.put("threshold", threshold));
    return tree;
  }
}
