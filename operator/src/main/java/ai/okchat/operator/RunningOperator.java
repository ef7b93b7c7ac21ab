package ai.okchat.operator;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.backend.Accounts;
import ai.okchat.operator.backend.BackendController;
import ai.okchat.operator.backend.BackendHold;
import ai.okchat.operator.backend.BackendUsage;
import ai.okchat.operator.backend.BackendWaker;
import ai.okchat.operator.backend.ChatbotWatch;
import ai.okchat.operator.backend.Connections;
import ai.okchat.operator.backend.ReferencedObjects;
import ai.okchat.operator.backend.Seats;
import ai.okchat.operator.chatbot.ChatbotController;
import ai.okchat.operator.chatbot.ChatbotIndex;
import ai.okchat.operator.chatbot.ChatbotWaker;
import ai.okchat.operator.config.OperatorConfig;
import ai.okchat.operator.fetch.AddressPolicy;
import ai.okchat.operator.fetch.Fetcher;
import ai.okchat.operator.fetch.GitFetcher;
import ai.okchat.operator.fetch.TemporarySpace;
import ai.okchat.operator.fetch.WebFetcher;
import ai.okchat.operator.knowledge.KnowledgeController;
import ai.okchat.operator.knowledge.KnowledgeIndex;
import ai.okchat.operator.knowledge.KnowledgeWaker;
import ai.okchat.operator.knowledge.source.ContentLimits;
import ai.okchat.operator.knowledge.source.Sources;
import ai.okchat.operator.knowledge.source.Sources.Fetchers;
import ai.okchat.operator.metrics.OperatorMetrics;
import ai.okchat.operator.shard.OtherShards;
import ai.okchat.operator.status.BackoffRetry;
import ai.okchat.operator.status.EventRecorder;
import ai.okchat.operator.status.MonotonicTime;
import ai.okchat.operator.status.ObjectLog;
import ai.okchat.operator.status.OwnWrites;
import ai.okchat.operator.status.Witness;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.Cloner;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.javaoperatorsdk.operator.api.monitoring.AggregatedMetrics;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;

/** All parts of the operator, put together, started, and stopped in the right order. */
public final class RunningOperator implements AutoCloseable {

  /** Calls that are under way when the process is told to stop may end. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  /** A net under everything that wakes an object. */
  private static final Duration LONGEST_SLEEP = Duration.ofHours(1);

  /** All objects of a kind in one answer would need more memory than the objects. */
  private static final long LISTED_AT_ONCE = 500;

  /** Shorter than any server keeps an idle connection open. */
  private static final Duration IDLE = Duration.ofSeconds(2);

  private static final String LEASE = "okchat-operator";
  private static final int LEASE_LOST = 3;

  private final Operator operator;
  private final Accounts accounts;
  private final EventRecorder events;
  private final Supervision supervision;
  private final AtomicBoolean stopping;

  private RunningOperator(
      Operator operator,
      Accounts accounts,
      EventRecorder events,
      Supervision supervision,
      AtomicBoolean stopping) {
    this.operator = operator;
    this.stopping = stopping;
    this.accounts = accounts;
    this.events = events;
    this.supervision = supervision;
  }

  /**
   * Starts everything; returns when the informers are in sync.
   *
   * @param kubernetes stays the caller's
   * @throws IOException if the management port is taken
   */
  public static RunningOperator start(
      OperatorConfig config, KubernetesClient kubernetes, Clock clock) throws IOException {
    return start(config, kubernetes, backendHttp(), clock);
  }

  /**
   * As {@link #start(OperatorConfig, KubernetesClient, Clock)}.
   *
   * @param http what backends and links are called with; each call sets its own limits
   */
  public static RunningOperator start(
      OperatorConfig config, KubernetesClient kubernetes, OkHttpClient http, Clock clock)
      throws IOException {
    var leading = new AtomicBoolean(!config.leaderElection());
    var metrics = new OperatorMetrics(clock, leading::get);
    var witness = Witness.all(List.of(new ObjectLog(), metrics.objects()));
    var accounts = new Accounts(metrics.calls(), seats(config), clock, MonotonicTime.SYSTEM);
    metrics.watch(accounts, Duration.ofSeconds(config.conversationSeconds()));
    var writes = new OwnWrites(kubernetes, witness, MonotonicTime.SYSTEM);
    var events = new EventRecorder(kubernetes, clock, witness);
    var shard = config.shard();
    var elsewhere = OtherShards.beside(shard, kubernetes, config.watchNamespaces());
    var index = new ChatbotIndex(elsewhere);
    var references = new ReferencedObjects(kubernetes);
    var watch = new ChatbotWatch();
    var sources = new KnowledgeIndex();
    var usage = BackendUsage.anyOf(List.of(index, sources));
    var connections = Connections.create(kubernetes, config.backendHosts(), accounts, http, usage);
    var backends = new BackendWaker(connections::leadingTo);
    var chatbots = new ChatbotWaker(index, connections);
    var hold = new BackendHold(writes, usage, shard);
    var knowledge = new KnowledgeWaker(connections);
    accounts.addListener(backends);
    accounts.addListener(chatbots);
    accounts.addListener(knowledge);
    connections.addListener(chatbots::wakeUsersOf);
    connections.addListener(knowledge::wakeUsersOf);

    var policy = new AddressPolicy(config.fetchAllowCidrs());
    var fetchers = new Fetchers(new WebFetcher(http, policy), new GitFetcher(http, policy));

    var queue = new PassQueue(config.reconcileConcurrency());
    var stopping = new AtomicBoolean();
    var operator =
        new Operator(
            service -> {
              configure(service, kubernetes, metrics, queue);
              if (config.leaderElection()) {
                service.withLeaderElectionConfiguration(leaderElection(config, leading, stopping));
              }
            });
    var backendKinds =
        new BackendController(connections, references, hold, backends, writes, shard, clock);
    operator.register(
        backendKinds.reconciler(),
        controller -> {
          configure(controller, config);
          controller.withOnUpdateFilter(BackendController::isNews);
        });
    if (config.watchNamespaces().isEmpty()) {
      operator.register(
          backendKinds.clusterReconciler(),
          controller -> {
            configure(controller, config);
            controller.withOnUpdateFilter(BackendController::isNews);
          });
    }
    operator.register(
        new ChatbotController(
                kubernetes,
                connections,
                references,
                index,
                watch,
                chatbots,
                backends,
                hold,
                new Fetcher(http, policy),
                writes,
                events,
                config.operatorNamespace(),
                config.watchNamespaces().isEmpty(),
                clock)
            .reconciler(),
        controller -> configureChatbots(controller, config));
    operator.register(
        new KnowledgeController(
                kubernetes,
                connections,
                references,
                watch,
                index,
                elsewhere,
                sources,
                knowledge,
                backends,
                new Sources(kubernetes, config.sourceHosts(), fetchers, limits(config.content())),
                writes,
                events,
                config.operatorNamespace(),
                config.watchNamespaces().isEmpty(),
                clock)
            .reconciler(),
        controller -> configureKnowledge(controller, config));
    var supervision = Supervision.start(config.managementPort(), operator, metrics, clock);
    operator.start();
    supervision.inSync();
    return new RunningOperator(operator, accounts, events, supervision, stopping);
  }

  /** Where {@code /livez}, {@code /readyz} and {@code /metrics} are. */
  public int managementPort() {
    return supervision.port();
  }

  @Override
  public void close() {
    stopping.set(true);
    operator.stop();
    accounts.close();
    events.close();
    supervision.close();
  }

  /**
   * A call is attempted once only, so one on an idle connection that the server has just closed
   * would fail; polls are far apart, and such connections are dropped before.
   */
  private static OkHttpClient backendHttp() {
    return new OkHttpClient.Builder()
        .connectionPool(new ConnectionPool(32, IDLE.toSeconds(), TimeUnit.SECONDS))
        .build();
  }

  /** Half of the threads are for what people wait for. */
  private static Seats seats(OperatorConfig config) {
    return new Seats(Math.max(1, config.reconcileConcurrency() / 2));
  }

  private static ContentLimits limits(OperatorConfig.Content content) {
    return ContentLimits.ofMebibytes(
            content.documentMebibytes(), content.documents(), content.sourceMebibytes())
        .within(new TemporarySpace(content.temporaryBytes()));
  }

  private static void configure(
      ConfigurationServiceOverrider service,
      KubernetesClient kubernetes,
      OperatorMetrics metrics,
      PassQueue queue) {
    service
        .withKubernetesClient(kubernetes)
        .withCloseClientOnStop(false)
        .withResourceCloner(new SameObject())
        .withExecutorService(queue)
        .withReconciliationTerminationTimeout(GRACE)
        .withMetrics(
            new AggregatedMetrics(
                List.of(new NonFatalErrors(), new RecreatedObjects(), metrics.passes(), queue)));
  }

  /**
   * A replica that loses the lease must end at once. One that is told to stop gives the lease back
   * and ends by itself: the framework's own exit would wait for the shutdown hook that it is in.
   */
  private static LeaderElectionConfiguration leaderElection(
      OperatorConfig config, AtomicBoolean leading, AtomicBoolean stopping) {
    return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(
            config.shard().qualify(LEASE))
        .withLeaseNamespace(config.operatorNamespace())
        .withExitOnStopLeading(false)
        .withLeaderCallbacks(
            new LeaderCallbacks(
                () -> leading.set(true),
                () -> {
                  leading.set(false);
                  if (!stopping.get()) {
                    Runtime.getRuntime().halt(LEASE_LOST);
                  }
                },
                _ -> {}))
        .build();
  }

  private static void configure(
      ControllerConfigurationOverrider<?> controller, OperatorConfig config) {
    controller
        .withRetry(new BackoffRetry())
        .withReconciliationMaxInterval(LONGEST_SLEEP)
        .withInformerListLimit(LISTED_AT_ONCE)
        .withFieldManager(OwnWrites.FIELD_MANAGER);
    if (!config.watchNamespaces().isEmpty()) {
      controller.settingNamespaces(config.watchNamespaces());
    }
  }

  private static void configureChatbots(
      ControllerConfigurationOverrider<Chatbot> controller, OperatorConfig config) {
    configure(controller, config);
    controller
        .withLabelSelector(config.shard().selector())
        .withOnUpdateFilter(ChatbotController.changes());
  }

  private static void configureKnowledge(
      ControllerConfigurationOverrider<KnowledgeSource> controller, OperatorConfig config) {
    configure(controller, config);
    controller
        .withLabelSelector(config.shard().selector())
        .withOnUpdateFilter(KnowledgeController.changes());
  }

  /** Nothing here changes an object it was given, so none needs to be copied for each pass. */
  private static final class SameObject implements Cloner {
    @Override
    public <T extends HasMetadata> T clone(T object) {
      return object;
    }
  }
}
