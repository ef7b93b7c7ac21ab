package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.ChatbotBackend;
import ai.okchat.api.v1alpha1.ChatbotBackendSpec;
import ai.okchat.api.v1alpha1.ChatbotStatus;
import ai.okchat.api.v1alpha1.GoDuration;
import ai.okchat.api.v1alpha1.KeyRef;
import ai.okchat.api.v1alpha1.RateLimit;
import ai.okchat.operator.backend.Accounts;
import ai.okchat.operator.backend.Connection;
import ai.okchat.operator.backend.Connections;
import ai.okchat.operator.backend.Resolution;
import ai.okchat.operator.backend.Seats;
import ai.okchat.operator.backend.Tenant;
import ai.okchat.operator.okchat.CallObserver;
import ai.okchat.operator.shard.OtherShards;
import ai.okchat.operator.status.EventRecorder;
import ai.okchat.operator.status.OwnWrites;
import ai.okchat.operator.testing.Backend;
import ai.okchat.operator.testing.MovingClock;
import ai.okchat.operator.testing.TakingApiServer;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * One Chatbot's surroundings without a cluster: the real client against a sandbox of its own, and
 * an API server that takes every write. Polls do not happen by themselves.
 */
final class Scene implements AutoCloseable {
  static final Duration POLL = Duration.ofHours(1);
  static final String SECRET = "okchat";

  final Backend backend = Backend.start();
  final TakingApiServer kubernetes = new TakingApiServer();
  final MovingClock clock = new MovingClock();
  final CachedChatbots cached = new CachedChatbots();

  private final ChatbotIndex index = new ChatbotIndex(OtherShards.NONE);
  private final Accounts accounts = new Accounts(CallObserver.NONE, new Seats(10), clock, clock);
  private final OwnWrites writes = new OwnWrites(kubernetes.client());
  private final EventRecorder events = new EventRecorder(kubernetes.client(), clock);
  private final Connections connections =
      Connections.create(kubernetes.client(), Set.of(), accounts, new OkHttpClient(), index);
  private final DriftHistory history = new DriftHistory(clock);

  Scene() {
    index.attach(cached);
    kubernetes.holdsKey(SECRET, Backend.API_KEY);
  }

  /** The status of an object whose bot was found through this backend. */
  ChatbotStatus recorded(String id) {
    return recorded(id, null, null);
  }

  ChatbotStatus recorded(String id, @Nullable String slug, @Nullable String organization) {
    return new ChatbotStatus(
        Manifest.GENERATION,
        List.of(),
        id,
        slug,
        organization,
        connection().origin(),
        null,
        null,
        null,
        null,
        null,
        List.of());
  }

  Connection connection() {
    return switch (resolution()) {
      case Resolution.Connected(var connection) -> connection;
      case Resolution.Denied(var failure) -> throw new AssertionError(failure.message());
      case Resolution.Unresolved(var failure) -> throw new AssertionError(failure.message());
    };
  }

  Resolution resolution() {
    return connections.of(chatbotBackend(), new Tenant(Manifest.NAMESPACE, Map.of()));
  }

  BotObserver observer() {
    return new BotObserver(index, connections, clock);
  }

  Convergence convergence() {
    return new Convergence(object(), new BotWriter(), observer(), history);
  }

  ChatbotWaker waker() {
    return new ChatbotWaker(index, connections);
  }

  BotRemoval removal() {
    return new BotRemoval(index, connections, clock);
  }

  /** Looks for the bot as the first pass after an edit does. */
  Observation observe(Chatbot chatbot) {
    return observer().observe(chatbot, connection(), false);
  }

  /** Observes and makes the bot match, as one pass does. */
  Outcome pass(Chatbot chatbot) {
    return pass(chatbot, desired(chatbot));
  }

  static Desired desired(Chatbot chatbot) {
    var spec = chatbot.getSpec();
    var prompt = Optional.ofNullable(spec.prompt()).orElse("");
    return Desired.of(spec, new Inputs(prompt, Optional.empty()));
  }

  Outcome pass(Chatbot chatbot, Desired desired) {
    return convergence().converge(chatbot, connection(), desired, observe(chatbot));
  }

  /** The next poll, an interval later. */
  void poll() {
    clock.pass(POLL);
    connection().account().inventory().refresh();
  }

  @Override
  public void close() {
    events.close();
    accounts.close();
    kubernetes.close();
    backend.close();
  }

  private ChatbotObject object() {
    return new ChatbotObject(
        new ChatbotMetadata(writes, clock),
        new StatusWriter(writes, clock),
        new ChatbotEvents(events));
  }

  private ChatbotBackend chatbotBackend() {
    var chatbotBackend = new ChatbotBackend();
    chatbotBackend.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(Manifest.NAMESPACE)
            .withName("default")
            .withUid("backend-uid")
            .withGeneration(1L)
            .build());
    chatbotBackend.setSpec(
        new ChatbotBackendSpec(
            backend.url(),
            true,
            new KeyRef(SECRET, "api-key"),
            new GoDuration("1h"),
            new GoDuration("5s"),
            new RateLimit(1_000, 10_000),
            null));
    return chatbotBackend;
  }
}
