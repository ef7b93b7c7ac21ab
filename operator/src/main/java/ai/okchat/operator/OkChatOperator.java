package ai.okchat.operator;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.account.AccountRegistry;
import ai.okchat.operator.backend.BackendController;
import ai.okchat.operator.backend.BackendEventTrigger;
import ai.okchat.operator.backend.BackendFinalizer;
import ai.okchat.operator.backend.BackendResolver;
import ai.okchat.operator.backend.BackendUsage;
import ai.okchat.operator.backend.TrustFile;
import ai.okchat.operator.chatbot.ChatbotController;
import ai.okchat.operator.chatbot.ChatbotEventTrigger;
import ai.okchat.operator.chatbot.ChatbotIndex;
import ai.okchat.operator.config.OperatorConfig;
import ai.okchat.operator.fetch.AddressPolicy;
import ai.okchat.operator.fetch.GitFetcher;
import ai.okchat.operator.fetch.ImageFetcher;
import ai.okchat.operator.fetch.TemporarySpace;
import ai.okchat.operator.fetch.WebFetcher;
import ai.okchat.operator.knowledge.KnowledgeController;
import ai.okchat.operator.knowledge.KnowledgeEventTrigger;
import ai.okchat.operator.knowledge.KnowledgeIndex;
import ai.okchat.operator.knowledge.source.ContentLimits;
import ai.okchat.operator.knowledge.source.SourceReader;
import ai.okchat.operator.knowledge.source.SourceReader.Fetchers;
import ai.okchat.operator.kubernetes.EventRecorder;
import ai.okchat.operator.kubernetes.MetadataInformers;
import ai.okchat.operator.kubernetes.ReconcileLog;
import ai.okchat.operator.kubernetes.RecreatedObjects;
import ai.okchat.operator.kubernetes.ServerSideApply;
import ai.okchat.operator.kubernetes.SharedChatbotInformer;
import ai.okchat.operator.kubernetes.WriteListener;
import ai.okchat.operator.metrics.OperatorMetrics;
import ai.okchat.operator.scheduling.BackgroundPermits;
import ai.okchat.operator.scheduling.BackoffRetry;
import ai.okchat.operator.scheduling.MonotonicTime;
import ai.okchat.operator.scheduling.NonFatalErrors;
import ai.okchat.operator.scheduling.PriorityReconcileExecutor;
import ai.okchat.operator.shard.OtherShards;
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
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;

/** Assembles, starts and stops all parts of the operator in the right order. */
public final class OkChatOperator implements AutoCloseable {

  /** Time in which running reconciliations may end when the process stops. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  /** Longest time between two reconciliations of an object, in case an event is lost. */
  private static final Duration LONGEST_SLEEP = Duration.ofHours(1);

  /**
   * Objects per response of a list: all objects of a kind in one response would need more memory
   * than the objects.
   */
  private static final long LISTED_AT_ONCE = 500;

  /** Idle time of a connection: shorter than any server keeps an idle connection open. */
  private static final Duration IDLE = Duration.ofSeconds(2);

  private static final String LEASE = "okchat-operator";
  private static final int LEASE_LOST = 3;

  private final Operator operator;
  private final AccountRegistry accounts;
  private final EventRecorder events;
  private final ManagementEndpoints supervision;
  private final AtomicBoolean stopping;

  private OkChatOperator(
      Operator operator,
      AccountRegistry accounts,
      EventRecorder events,
      ManagementEndpoints supervision,
      AtomicBoolean stopping) {
    this.operator = operator;
    this.stopping = stopping;
    this.accounts = accounts;
    this.events = events;
    this.supervision = supervision;
  }

  /**
   * Starts the operator; returns when the informers are in sync.
   *
   * @param kubernetes is not closed by the operator
   * @throws IOException if the management port is in use
   */
  public static OkChatOperator start(
      OperatorConfig config, KubernetesClient kubernetes, Clock clock) throws IOException {
    return start(config, kubernetes, backendHttp(), clock, MonotonicTime.SYSTEM);
  }

  /**
   * As {@link #start(OperatorConfig, KubernetesClient, Clock)}.
   *
   * @param client for the backend and for links, without the proxy and the private CAs of the
   *     configuration; each request sets its own limits
   * @param time elapsed time for rate limits, circuit breakers and waits
   */
  public static OkChatOperator start(
      OperatorConfig config,
      KubernetesClient kubernetes,
      OkHttpClient client,
      Clock clock,
      MonotonicTime time)
      throws IOException {
    var http = outbound(client, config);
    var leading = new AtomicBoolean(!config.leaderElection());
    var metrics = new OperatorMetrics(clock, leading::get);
    var writeListener =
        WriteListener.all(List.of(new ReconcileLog(metrics::elapsed), metrics.objects()));
    var accounts = new AccountRegistry(metrics.calls(), backgroundPermits(config), clock, time);
    metrics.watch(accounts, Duration.ofSeconds(config.conversationSeconds()));
    var writes = new ServerSideApply(kubernetes, writeListener, time);
    var events = new EventRecorder(kubernetes, clock, writeListener);
    var shard = config.shard();
    var otherShards = OtherShards.beside(shard, kubernetes, config.watchNamespaces());
    var index = new ChatbotIndex(otherShards);
    var references = new MetadataInformers(kubernetes);
    var sharedChatbots = new SharedChatbotInformer();
    var sources = new KnowledgeIndex();
    var usage = BackendUsage.anyOf(List.of(index, sources));
    var connections =
        BackendResolver.create(kubernetes, config.backendHosts(), accounts, http, usage);
    var backends = new BackendEventTrigger(connections::backendsOf);
    var chatbots = new ChatbotEventTrigger(index, connections);
    var backendFinalizer = new BackendFinalizer(writes, usage, shard);
    var knowledge = new KnowledgeEventTrigger(connections);
    accounts.addListener(backends);
    accounts.addListener(chatbots);
    accounts.addListener(knowledge);
    connections.addListener(chatbots::triggerUsersOf);
    connections.addListener(knowledge::triggerUsersOf);

    var policy = new AddressPolicy(config.fetchAllowCidrs());
    var fetchers = new Fetchers(new WebFetcher(http, policy), new GitFetcher(http, policy));

    var queue = new PriorityReconcileExecutor(config.reconcileConcurrency());
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
        new BackendController(
            connections, references, backendFinalizer, backends, writes, shard, clock);
    operator.register(
        backendKinds.reconciler(),
        controller -> {
          configure(controller, config);
          controller.withOnUpdateFilter(BackendController::isRelevant);
        });
    if (config.watchNamespaces().isEmpty()) {
      operator.register(
          backendKinds.clusterReconciler(),
          controller -> {
            configure(controller, config);
            controller.withOnUpdateFilter(BackendController::isRelevant);
          });
    }
    operator.register(
        new ChatbotController(
                kubernetes,
                connections,
                references,
                index,
                sharedChatbots,
                chatbots,
                backends,
                backendFinalizer,
                new ImageFetcher(http, policy),
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
                sharedChatbots,
                index,
                otherShards,
                sources,
                knowledge,
                backends,
                new SourceReader(
                    kubernetes, config.sourceHosts(), fetchers, limits(config.content())),
                writes,
                events,
                config.operatorNamespace(),
                config.watchNamespaces().isEmpty(),
                clock)
            .reconciler(),
        controller -> configureKnowledge(controller, config));
    var supervision = ManagementEndpoints.start(config.managementPort(), operator, metrics, clock);
    operator.start();
    keepTimerThread(operator);
    supervision.inSync();
    return new OkChatOperator(operator, accounts, events, supervision, stopping);
  }

  /** Keeps the thread of the framework's timer: one that may end polls its queue each 10 ms. */
  private static void keepTimerThread(Operator operator) {
    var executors = operator.getConfigurationService().getExecutorServiceManager();
    if (executors.scheduledExecutorService() instanceof ScheduledThreadPoolExecutor timer) {
      timer.setCorePoolSize(1);
    }
  }

  /** Returns the port of {@code /livez}, {@code /readyz} and {@code /metrics}. */
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
   * Creates the HTTP client. The operator sends a request only once, so a request on an idle
   * connection that the server has just closed would fail; the time between polls is long, and the
   * pool closes such connections earlier.
   */
  private static OkHttpClient backendHttp() {
    return new OkHttpClient.Builder()
        .connectionPool(new ConnectionPool(32, IDLE.toSeconds(), TimeUnit.SECONDS))
        .build();
  }

  /** Returns the client with the proxy and the private CAs of the configuration. */
  static OkHttpClient outbound(OkHttpClient client, OperatorConfig config) {
    var trusting = config.trustFile().map(file -> trusting(client, file)).orElse(client);
    return config.proxy().map(proxy -> proxy.apply(trusting)).orElse(trusting);
  }

  private static OkHttpClient trusting(OkHttpClient client, Path file) {
    try {
      return TrustFile.read(file).apply(client);
    } catch (IOException | CertificateException e) {
      throw new StartException(
          "The file %s of --trust-file cannot be read: %s. It must have certificates in PEM, and at most 1 MiB."
              .formatted(file, e.getMessage()));
    }
  }

  /** Returns permits for half of the threads; the other half serves interactive reconciliations. */
  private static BackgroundPermits backgroundPermits(OperatorConfig config) {
    return new BackgroundPermits(Math.max(1, config.reconcileConcurrency() / 2));
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
      PriorityReconcileExecutor queue) {
    service
        .withKubernetesClient(kubernetes)
        .withCloseClientOnStop(false)
        .withResourceCloner(new SameObject())
        .withExecutorService(queue)
        .withReconciliationTerminationTimeout(GRACE)
        .withMetrics(
            new AggregatedMetrics(
                List.of(
                    new NonFatalErrors(),
                    new RecreatedObjects(),
                    metrics.reconciliations(),
                    queue)));
  }

  /**
   * Returns the configuration of the lease. A replica that loses the lease halts at once. A replica
   * that stops releases the lease and exits by itself: the exit of the framework would wait for the
   * shutdown hook in which it runs.
   */
  private static LeaderElectionConfiguration leaderElection(
      OperatorConfig config, AtomicBoolean leading, AtomicBoolean stopping) {
    return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(
            config.shard().qualify(LEASE))
        .withLeaseNamespace(config.operatorNamespace())
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
        .withFieldManager(ServerSideApply.FIELD_MANAGER);
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

  /**
   * Returns the object itself: the operator never changes an object that it reads, so a
   * reconciliation needs no copy.
   */
  private static final class SameObject implements Cloner {
    @Override
    public <T extends HasMetadata> T clone(T object) {
      return object;
    }
  }
}
