package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.Chatbot;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Cache of an informer: Chatbots that a test added, with the indexes of the operator. */
final class CachedChatbots implements IndexerResourceCache<Chatbot> {
  private final List<Chatbot> chatbots = new ArrayList<>();
  private final Map<String, Function<Chatbot, List<String>>> indexers = new HashMap<>();

  void add(Chatbot chatbot) {
    chatbots.add(chatbot);
  }

  @Override
  public void addIndexers(Map<String, Function<Chatbot, List<String>>> more) {
    indexers.putAll(more);
  }

  @Override
  public List<Chatbot> byIndex(String index, String key) {
    var keys = indexers.getOrDefault(index, _ -> List.of());
    return chatbots.stream().filter(chatbot -> keys.apply(chatbot).contains(key)).toList();
  }

  @Override
  public Optional<Chatbot> get(ResourceID id) {
    return chatbots.stream()
        .filter(chatbot -> ResourceID.fromResource(chatbot).equals(id))
        .findFirst();
  }

  @Override
  public Stream<ResourceID> keys() {
    return chatbots.stream().map(ResourceID::fromResource);
  }

  @Override
  public Stream<Chatbot> list(Predicate<Chatbot> wanted) {
    return chatbots.stream().filter(wanted);
  }

  @Override
  public Stream<Chatbot> list(String namespace, Predicate<Chatbot> wanted) {
    return list(wanted.and(chatbot -> namespace.equals(chatbot.getMetadata().getNamespace())));
  }
}
