package ai.okchat.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the file of one imported bot: its objects, and as comments what is not in them. */
final class ImportedManifest {
  private static final int MOST_TITLES = 100;
  private static final int LONGEST_TITLE = 200;
  private static final String PROMPT_KEY = "prompt.md";

  private ImportedManifest() {}

  /**
   * @param titles of the documents of the bot; empty if the backend does not list them
   */
  static String of(ImportedBot bot, Optional<List<String>> titles) {
    return header(bot) + prompt(bot) + ManifestYaml.of(chatbot(bot)) + knowledge(bot, titles);
  }

  private static String header(ImportedBot bot) {
    var lines = new ArrayList<String>();
    lines.add(
        "Written by kubectl okchat import. deletionPolicy Orphan keeps the bot when this object is"
            + " deleted.");
    lines.add("Not in this file:");
    lines.add("- chatWidget cannot be read. The bot keeps it until you write spec.chatWidget.");
    if (bot.hasAvatar()) {
      lines.add("- avatar cannot be read. The bot keeps it until you write spec.avatar.");
    }
    bot.leftOut().forEach(sentence -> lines.add("- " + sentence));
    return lines.stream().map(ManifestYaml::comment).collect(Collectors.joining());
  }

  private static String prompt(ImportedBot bot) {
    return bot.longPrompt()
        .map(
            prompt -> {
              var map = JsonText.object().put("apiVersion", "v1").put("kind", "ConfigMap");
              map.putObject("metadata").put("name", promptName(bot));
              map.putObject("data").put(PROMPT_KEY, prompt);
              return ManifestYaml.of(map) + "---\n";
            })
        .orElse("");
  }

  private static String promptName(ImportedBot bot) {
    return bot.slug() + "-prompt";
  }

  private static JsonNode chatbot(ImportedBot bot) {
    var manifest =
        JsonText.object().put("apiVersion", Kind.GROUP + "/" + Kind.VERSION).put("kind", "Chatbot");
    manifest.putObject("metadata").put("name", bot.slug());
    var spec = bot.spec().deepCopy();
    if (bot.longPrompt().isPresent()) {
      spec.putObject("promptFrom")
          .putObject("configMapKeyRef")
          .put("name", promptName(bot))
          .put("key", PROMPT_KEY);
    }
    manifest.set("spec", spec);
    return manifest;
  }

  /** A stub only: the API returns the titles of documents, but not their content. */
  private static String knowledge(ImportedBot bot, Optional<List<String>> titles) {
    if (titles.filter(List::isEmpty).isPresent()) {
      return "";
    }
    return Stream.of(
            documents(titles).stream(),
            Stream.of(
                "To manage documents, name their origin in a KnowledgeSource, wait until it is",
                "Ready, and then delete the old documents in the dashboard:",
                "---",
                "apiVersion: %s/%s".formatted(Kind.GROUP, Kind.VERSION),
                "kind: KnowledgeSource",
                "metadata:",
                "  name: %s-knowledge".formatted(bot.slug()),
                "spec:",
                "  chatbotRef: {name: \"%s\"}".formatted(bot.slug()),
                "  git: {url: https://example.com/documents.git, include: [\"**/*.md\"]}"))
        .flatMap(lines -> lines)
        .map(ManifestYaml::comment)
        .collect(Collectors.joining());
  }

  private static List<String> documents(Optional<List<String>> titles) {
    if (titles.isEmpty()) {
      return List.of("The documents of the bot cannot be listed.");
    }
    var count = titles.get().size();
    var lines = new ArrayList<String>();
    lines.add("The bot has %d documents, whose content cannot be read:".formatted(count));
    titles.get().stream()
        .limit(MOST_TITLES)
        .map(title -> "- " + VisibleText.bounded(title, LONGEST_TITLE))
        .forEach(lines::add);
    if (count > MOST_TITLES) {
      lines.add("- and %d more".formatted(count - MOST_TITLES));
    }
    return lines;
  }
}
