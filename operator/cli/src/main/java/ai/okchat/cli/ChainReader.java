package ai.okchat.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Reads the chain of an object from the cluster. */
final class ChainReader {
  /** The most Chatbots of one backend that a chain shows. */
  private static final int MOST_CHATBOTS = 20;

  private final ClusterClient cluster;
  private final String namespace;

  ChainReader(ClusterClient cluster, String namespace) {
    this.cluster = cluster;
    this.namespace = namespace;
  }

  /** Reads the chain of an object; a name without a kind is a Chatbot, or else another kind. */
  Chain read(ObjectName name) {
    return name.kind().isPresent() ? read(name.kind().get(), name.name()) : readAny(name.name());
  }

  private Chain readAny(String name) {
    for (var kind : List.of(Kind.CHATBOT, Kind.KNOWLEDGE_SOURCE, Kind.CHATBOT_BACKEND)) {
      var found = cluster.get(kind.type(), namespace, name);
      if (found.isPresent()) {
        return of(kind, found.get());
      }
    }
    throw PluginException.no(
        "The namespace %s has no Chatbot, KnowledgeSource or ChatbotBackend named %s. List them with: kubectl okchat get"
            .formatted(namespace, name));
  }

  private Chain read(Kind kind, String name) {
    return of(
        kind,
        cluster
            .get(kind.type(), namespace, name)
            .orElseThrow(
                () ->
                    PluginException.no(
                        "%s/%s does not exist%s. List the objects with: kubectl okchat get %s"
                            .formatted(
                                kind.title(),
                                name,
                                kind.type().namespaced() ? " in the namespace " + namespace : "",
                                kind.type().plural()))));
  }

  private Chain of(Kind kind, KubeObject object) {
    return switch (kind) {
      case CHATBOT -> ofChatbot(object, sources(object.name()));
      case KNOWLEDGE_SOURCE -> ofSource(object);
      case CHATBOT_BACKEND, CLUSTER_CHATBOT_BACKEND -> ofBackend(kind, object);
    };
  }

  private Chain ofChatbot(KubeObject chatbot, List<KubeObject> sources) {
    var chain = new Chain.Builder();
    addBackend(chain, chatbot);
    chain.add(1, chatbot.type(), chatbot.name(), chatbot);
    sources.forEach(source -> chain.add(2, source.type(), source.name(), source));
    return chain.build();
  }

  private Chain ofSource(KubeObject source) {
    var name = source.text("spec", "chatbotRef", "name");
    var chatbot = cluster.get(Kind.CHATBOT.type(), namespace, name);
    if (chatbot.isPresent()) {
      return ofChatbot(chatbot.get(), List.of(source));
    }
    return new Chain.Builder()
        .add(0, Kind.CHATBOT.type(), name, null)
        .add(1, source.type(), source.name(), source)
        .build();
  }

  private Chain ofBackend(Kind kind, KubeObject backend) {
    var chain = new Chain.Builder().add(0, backend.type(), backend.name(), backend);
    var sources = cluster.list(Kind.KNOWLEDGE_SOURCE.type(), namespace, Map.of());
    cluster.list(Kind.CHATBOT.type(), namespace, Map.of()).stream()
        .filter(chatbot -> BackendName.of(chatbot).equals(new BackendName(kind, backend.name())))
        .sorted(
            Comparator.comparing((KubeObject chatbot) -> chatbot.ready().isTrue())
                .thenComparing(KubeObject::name))
        .limit(MOST_CHATBOTS)
        .forEach(
            chatbot -> {
              chain.add(1, chatbot.type(), chatbot.name(), chatbot);
              sources.stream()
                  .filter(source -> belongs(source, chatbot.name()))
                  .forEach(source -> chain.add(2, source.type(), source.name(), source));
            });
    return chain.build();
  }

  private void addBackend(Chain.Builder chain, KubeObject chatbot) {
    var reference = BackendName.of(chatbot);
    var type = reference.kind().type();
    try {
      chain.add(
          0, type, reference.name(), cluster.get(type, namespace, reference.name()).orElse(null));
    } catch (PluginException missingRight) {
      chain.addUnreadable(0, type, reference.name(), String.valueOf(missingRight.getMessage()));
    }
  }

  private List<KubeObject> sources(String chatbot) {
    return cluster.list(Kind.KNOWLEDGE_SOURCE.type(), namespace, Map.of()).stream()
        .filter(source -> belongs(source, chatbot))
        .toList();
  }

  private static boolean belongs(KubeObject source, String chatbot) {
    return source.text("spec", "chatbotRef", "name").equals(chatbot);
  }
}
