package ai.okchat.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The kinds of the operator, in the order in which one depends on another. */
enum Kind {
  CLUSTER_CHATBOT_BACKEND("ClusterChatbotBackend", "clusterchatbotbackends", "ccbb", false),
  CHATBOT_BACKEND("ChatbotBackend", "chatbotbackends", "cbb", true),
  CHATBOT("Chatbot", "chatbots", "bot", true),
  KNOWLEDGE_SOURCE("KnowledgeSource", "knowledgesources", "kns", true);

  static final String GROUP = "okchat.ai";
  static final String VERSION = "v1alpha1";

  private final String title;
  private final String plural;
  private final String shortName;
  private final boolean namespaced;

  Kind(String title, String plural, String shortName, boolean namespaced) {
    this.title = title;
    this.plural = plural;
    this.shortName = shortName;
    this.namespaced = namespaced;
  }

  /** As manifests name it. */
  String title() {
    return title;
  }

  ResourceType type() {
    return new ResourceType(GROUP, VERSION, plural, title, namespaced);
  }

  /** Finds a kind by its name, plural or short name, in any case; also with the group. */
  static Optional<Kind> find(String name) {
    var word = name.toLowerCase(Locale.ROOT);
    var plain =
        word.endsWith("." + GROUP) ? word.substring(0, word.length() - GROUP.length() - 1) : word;
    return Arrays.stream(values())
        .filter(
            kind ->
                List.of(kind.title.toLowerCase(Locale.ROOT), kind.plural, kind.shortName)
                    .contains(plain))
        .findFirst();
  }

  /** Finds a kind that a user typed. */
  static Kind of(String name) {
    return find(name)
        .orElseThrow(
            () ->
                PluginException.unknown(
                    "There is no kind \"%s\". Use one of: %s."
                        .formatted(
                            VisibleText.bounded(name, 60),
                            Arrays.stream(values())
                                .map(kind -> kind.title.toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", ")))));
  }
}
