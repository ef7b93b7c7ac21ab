package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.ChatbotBackend;
import ai.okchat.api.v1alpha1.ClusterChatbotBackend;
import ai.okchat.client.CallObserver;
import ai.okchat.operator.account.AccountRegistry;
import ai.okchat.operator.backend.BackendController;
import ai.okchat.operator.backend.BackendEventTrigger;
import ai.okchat.operator.backend.BackendFinalizer;
import ai.okchat.operator.backend.BackendResolver;
import ai.okchat.operator.backend.ReferredBackends;
import ai.okchat.operator.fetch.AddressPolicy;
import ai.okchat.operator.fetch.ImageFetcher;
import ai.okchat.operator.kubernetes.EventRecorder;
import ai.okchat.operator.kubernetes.MetadataInformers;
import ai.okchat.operator.kubernetes.ServerSideApply;
import ai.okchat.operator.kubernetes.SharedChatbotInformer;
import ai.okchat.operator.scheduling.BackgroundPermits;
import ai.okchat.operator.shard.OtherShards;
import ai.okchat.operator.shard.Shard;
import ai.okchat.operator.testing.InMemoryApiServer;
import ai.okchat.operator.testing.MovingClock;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import okhttp3.OkHttpClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One process of the operator that a test drives: the real reconcilers, connections and
 * inventories, without informers and threads. A poll or a reconciliation happens when the test
 * calls it; a new instance is a restart.
 */
final class DrivenOperator implements AutoCloseable {

  /** Namespace of the orphan receipts. */
  static final String NAMESPACE = "okchat-system";

  private static final Logger log = LoggerFactory.getLogger(DrivenOperator.class);

  private final InMemoryApiServer cluster;
  private final AccountRegistry accounts;
  private final EventRecorder events;
  private final ChatbotReconciler chatbots;
  private final Reconciler<ChatbotBackend> backends;
  private final Reconciler<ClusterChatbotBackend> sharedBackends;

  DrivenOperator(InMemoryApiServer cluster, OkHttpClient http, MovingClock clock) {
    this.cluster = cluster;
    var kubernetes = cluster.client();
    accounts = new AccountRegistry(CallObserver.NONE, new BackgroundPermits(10), clock, clock);
    events = new EventRecorder(kubernetes, clock);
    var index = new ChatbotIndex(OtherShards.NONE);
    index.attach(new ServedCache<>(cluster, Chatbot.class));
    var connections = BackendResolver.create(kubernetes, Set.of(), accounts, http, index);
    var writes = new ServerSideApply(kubernetes);
    var hold = new BackendFinalizer(writes, index, Shard.UNNAMED);
    var references = new MetadataInformers(kubernetes);
    var eventTrigger = new BackendEventTrigger(connections::backendsOf);
    var referred = new ReferredBackends<Chatbot>(connections, true);
    referred.attach(
        new ServedCache<>(cluster, ChatbotBackend.class),
        new ServedCache<>(cluster, ClusterChatbotBackend.class));
    chatbots =
        new ChatbotController(
                kubernetes,
                connections,
                references,
                index,
                new SharedChatbotInformer(),
                new ChatbotEventTrigger(index, connections),
                eventTrigger,
                hold,
                new ImageFetcher(http, new AddressPolicy(List.of())),
                writes,
                events,
                NAMESPACE,
                true,
                clock)
            .reconciler(referred);
    var kinds =
        new BackendController(
            connections, references, hold, eventTrigger, writes, Shard.UNNAMED, clock);
    backends = kinds.reconciler();
    sharedBackends = kinds.clusterReconciler();
  }

  /** Reads the list of every account, as the polls do. */
  void poll() {
    accounts.inBackground().forEach(account -> account.inventory().refresh());
  }

  void reconcileBackends() {
    cluster.list(ChatbotBackend.class).forEach(backend -> reconcile(backends, backend));
    cluster
        .list(ClusterChatbotBackend.class)
        .forEach(backend -> reconcile(sharedBackends, backend));
  }

  void reconcile(Chatbot chatbot) {
    reconcile(chatbots, chatbot);
  }

  /** The last reconciliation of an object that is gone. */
  void forget(Chatbot gone) {
    chatbots.reconcile(gone, context(true));
  }

  @Override
  public void close() {
    events.close();
    accounts.close();
  }

  private static <P extends HasMetadata> void reconcile(Reconciler<P> reconciler, P object) {
    try {
      reconciler.reconcile(object, context(false));
    } catch (Exception e) {
      try {
        reconciler.updateErrorStatus(object, context(false), e);
      } catch (RuntimeException again) {
        // The framework would try again later, and so does the test.
        log.atDebug().setCause(again).log("The status of an error was not written");
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static <P extends HasMetadata> Context<P> context(boolean deleted) {
    return (Context<P>)
        Proxy.newProxyInstance(
            Context.class.getClassLoader(),
            new Class<?>[] {Context.class},
            (_, method, _) -> {
              if (method.getName().equals("isPrimaryResourceDeleted")) {
                return deleted;
              }
              throw new UnsupportedOperationException(method.getName());
            });
  }
}
