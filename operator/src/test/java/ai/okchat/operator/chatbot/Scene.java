package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.ChatbotStatus;
import ai.okchat.api.v1alpha1.RecordedBackend;
import ai.okchat.client.CallObserver;
import ai.okchat.operator.account.AccountRegistry;
import ai.okchat.operator.backend.BackendResolution;
import ai.okchat.operator.backend.BackendResolver;
import ai.okchat.operator.backend.Connection;
import ai.okchat.operator.backend.NamespaceAccess;
import ai.okchat.operator.kubernetes.EventRecorder;
import ai.okchat.operator.kubernetes.ServerSideApply;
import ai.okchat.operator.scheduling.BackgroundPermits;
import ai.okchat.operator.shard.OtherShards;
import ai.okchat.operator.testing.Backend;
import ai.okchat.operator.testing.DefaultBackend;
import ai.okchat.operator.testing.FakeApiServer;
import ai.okchat.operator.testing.MovingClock;
import ai.okchat.planning.DesiredBot;
import ai.okchat.planning.ResolvedInputs;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * The environment of one Chatbot without a cluster: the real client against its own sandbox, and an
 * API server that accepts every write. Polls do not happen by themselves.
 */
final class Scene implements AutoCloseable {
  static final Duration POLL = Duration.ofHours(1);
  static final String SECRET = "okchat";

  final Backend backend = Backend.start();
  final FakeApiServer kubernetes = new FakeApiServer();
  final MovingClock clock = new MovingClock();
  final CachedChatbots cached = new CachedChatbots();

  private final ChatbotIndex index = new ChatbotIndex(OtherShards.NONE);
  private final AccountRegistry accounts =
      new AccountRegistry(CallObserver.NONE, new BackgroundPermits(10), clock, clock);
  private final ServerSideApply writes = new ServerSideApply(kubernetes.client());
  private final EventRecorder events = new EventRecorder(kubernetes.client(), clock);
  private final BackendResolver connections =
      BackendResolver.create(kubernetes.client(), Set.of(), accounts, new OkHttpClient(), index);
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
    return recorded(id, slug, organization, connection().origin());
  }

  /** The status of an object whose bot was found through an earlier backend of the same name. */
  ChatbotStatus recordedElsewhere(String id, String slug) {
    var origin = connection().origin();
    return recorded(
        id,
        slug,
        null,
        new RecordedBackend(origin.kind(), origin.name(), "earlier-uid", origin.urlDigest()));
  }

  private static ChatbotStatus recorded(
      String id, @Nullable String slug, @Nullable String organization, RecordedBackend origin) {
    return new ChatbotStatus(
        Manifest.GENERATION,
        List.of(),
        id,
        slug,
        organization,
        origin,
        null,
        null,
        null,
        null,
        null,
        List.of());
  }

  Connection connection() {
    return switch (resolution()) {
      case BackendResolution.Connected(var connection) -> connection;
      case BackendResolution.Denied(var failure) -> throw new AssertionError(failure.message());
      case BackendResolution.Unresolved(var failure) -> throw new AssertionError(failure.message());
    };
  }

  BackendResolution resolution() {
    return connections.of(
        DefaultBackend.of(Manifest.NAMESPACE, backend.url()),
        new NamespaceAccess(Manifest.NAMESPACE, Map.of()));
  }

  BotObserver observer() {
    return new BotObserver(index, connections, clock);
  }

  BotSynchronizer synchronizer() {
    return new BotSynchronizer(object(), new BotWriter(), observer(), history);
  }

  ChatbotEventTrigger eventTrigger() {
    return new ChatbotEventTrigger(index, connections);
  }

  BotRemoval removal() {
    return new BotRemoval(index, connections, clock);
  }

  /** Observes the bot as the first reconciliation after an edit does. */
  Observation observe(Chatbot chatbot) {
    return observer().observe(chatbot, connection(), false);
  }

  /** Observes and syncs the bot, as one reconciliation does. */
  SyncResult pass(Chatbot chatbot) {
    return pass(chatbot, desired(chatbot));
  }

  static DesiredBot desired(Chatbot chatbot) {
    var spec = chatbot.getSpec();
    var prompt = Optional.ofNullable(spec.prompt()).orElse("");
    return DesiredBot.of(spec, new ResolvedInputs(prompt, Optional.empty()));
  }

  SyncResult pass(Chatbot chatbot, DesiredBot desired) {
    return synchronizer().synchronize(chatbot, connection(), desired, observe(chatbot));
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
        new ChatbotStatusWriter(writes, clock, _ -> Optional.empty()),
        new ChatbotEvents(events));
  }
}
