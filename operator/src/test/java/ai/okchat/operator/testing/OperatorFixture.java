package ai.okchat.operator.testing;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.ChatbotBackend;
import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.OkChatOperator;
import ai.okchat.operator.config.OperatorConfig;
import ai.okchat.operator.shard.Shard;
import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.Conditions;
import ai.okchat.operator.status.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import okhttp3.Interceptor;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The world of one test: a namespace on the shared API server, a backend of its own, and an
 * operator that watches the namespace.
 */
public final class OperatorFixture implements BeforeEachCallback, AfterEachCallback {

  /** For what must happen; long, since it is only waited out where a test fails. */
  public static final Duration PATIENCE = Duration.ofSeconds(60);

  private @Nullable KubernetesClient admin;
  private @Nullable TestedOperator operator;
  private @Nullable Backend backend;
  private String namespace = "";

  @Override
  public void beforeEach(ExtensionContext context) {
    admin = SharedCluster.client("test");
    namespace = create("it-").getMetadata().getName();
    backend = Backend.start();
    startOperator();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    stopOperator();
    backend().close();
    for (var kind : List.of(KnowledgeSource.class, Chatbot.class, ChatbotBackend.class)) {
      letGo(kubernetes().resources(kind).inNamespace(namespace).list().getItems());
    }
    kubernetes().namespaces().withName(namespace).delete();
    kubernetes().close();
  }

  public KubernetesClient kubernetes() {
    return Objects.requireNonNull(admin);
  }

  public Backend backend() {
    return Objects.requireNonNull(backend);
  }

  public OkChatOperator operator() {
    return Objects.requireNonNull(operator).running();
  }

  public String namespace() {
    return namespace;
  }

  /** Starts the operator as a new process: with stored data only. */
  public void startOperator() {
    startOperator(Clock.systemUTC(), TestedOperator.NO_FAULT);
  }

  /** Starts an operator with an observer of its calls and another clock. */
  public void startOperator(Clock clock, Interceptor everyCall) {
    operator =
        TestedOperator.start(
            TestedOperator.watching(namespace, false), userAgent(), clock, everyCall);
  }

  /** Starts an operator with other settings than the default. */
  public void startOperator(OperatorConfig config) {
    operator =
        TestedOperator.start(config, userAgent(), Clock.systemUTC(), TestedOperator.NO_FAULT);
  }

  public void stopOperator() {
    if (operator != null) {
      operator.close();
      operator = null;
    }
  }

  /** The Secret with the key, and the ChatbotBackend {@code default}, polled each second. */
  public void connectBackend() {
    connectBackend(backend().url());
  }

  /** As {@link #connectBackend()}, to the backend of another world. */
  public void connectBackend(String url) {
    storeKey(Backend.API_KEY);
    declareBackend(url);
  }

  public void declareBackend() {
    declareBackend(backend().url());
  }

  private void declareBackend(String url) {
    apply(
        """
        apiVersion: okchat.ai/v1alpha1
        kind: ChatbotBackend
        metadata: {name: default}
        spec:
          url: %s
          allowInsecure: true
          apiKeySecretRef: {name: okchat, key: api-key}
          pollInterval: 1s
          requestTimeout: 3s
          rateLimit: {requestsPerSecond: 1000, burst: 1000}
        """
            .formatted(url));
  }

  public void storeKey(String key) {
    applySecret("okchat", Map.of("api-key", key));
  }

  public void applySecret(String name, Map<String, String> data) {
    var secret =
        new SecretBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace(namespace)
            .endMetadata()
            .withStringData(data)
            .build();
    kubernetes().resource(secret).forceConflicts().serverSideApply();
  }

  /** As {@code kubectl apply --server-side} would, into this world's namespace. */
  public void apply(String yaml) {
    for (var object : kubernetes().load(stream(yaml)).items()) {
      object.getMetadata().setNamespace(namespace);
      kubernetes().resource(object).forceConflicts().serverSideApply();
    }
  }

  /** A Chatbot with these lines of spec; name and prompt have a value where they give none. */
  public void applyChatbot(String name, String... specLines) {
    applyChatbot("{name: %s}".formatted(name), withDefaults(name, specLines));
  }

  /** As {@link #applyChatbot}, for the operator of this shard. */
  public void applyChatbotTo(String shard, String name, String... specLines) {
    applyChatbot(
        "{name: %s, labels: {%s: %s}}".formatted(name, Shard.LABEL, shard),
        withDefaults(name, specLines));
  }

  private void applyChatbot(String metadata, List<String> specLines) {
    apply(
        """
        apiVersion: okchat.ai/v1alpha1
        kind: Chatbot
        metadata: %s
        spec:
          %s
        """
            .formatted(metadata, String.join("\n  ", specLines)));
  }

  /** A KnowledgeSource for the Chatbot {@code support} with these lines of spec. */
  public void applySource(String name, String... specLines) {
    apply(
        """
        apiVersion: okchat.ai/v1alpha1
        kind: KnowledgeSource
        metadata: {name: %s}
        spec:
          chatbotRef: {name: support}
          %s
        """
            .formatted(name, String.join("\n  ", specLines)));
  }

  private static List<String> withDefaults(String name, String... specLines) {
    var lines = new ArrayList<>(List.of(specLines));
    if (lines.stream().noneMatch(line -> line.startsWith("name:"))) {
      lines.addFirst("name: Bot " + name);
    }
    if (lines.stream().noneMatch(line -> line.startsWith("prompt"))) {
      lines.add("prompt: You help.");
    }
    return lines;
  }

  public Chatbot chatbot(String name) {
    return Objects.requireNonNull(chatbots(name).get(), "no Chatbot " + name);
  }

  public Resource<Chatbot> chatbots(String name) {
    return kubernetes().resources(Chatbot.class).inNamespace(namespace).withName(name);
  }

  public Resource<KnowledgeSource> sources(String name) {
    return kubernetes().resources(KnowledgeSource.class).inNamespace(namespace).withName(name);
  }

  public List<KnowledgeSource> sources() {
    return kubernetes().resources(KnowledgeSource.class).inNamespace(namespace).list().getItems();
  }

  /** Shows each state of each Chatbot from now on, until it is closed. */
  public SharedIndexInformer<Chatbot> watchChatbots(Consumer<Chatbot> eachState) {
    return kubernetes()
        .resources(Chatbot.class)
        .inNamespace(namespace)
        .inform(
            new ResourceEventHandler<>() {
              @Override
              public void onAdd(Chatbot chatbot) {
                eachState.accept(chatbot);
              }

              @Override
              public void onUpdate(Chatbot before, Chatbot now) {
                eachState.accept(now);
              }

              @Override
              public void onDelete(Chatbot chatbot, boolean unseen) {
                // No state any more.
              }
            });
  }

  /**
   * Changes the default backend.
   *
   * @param patch a merge patch in JSON
   */
  public void patchBackend(String patch) {
    kubernetes()
        .resources(ChatbotBackend.class)
        .inNamespace(namespace)
        .withName("default")
        .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
  }

  public ChatbotBackend backendObject() {
    return Objects.requireNonNull(
        kubernetes()
            .resources(ChatbotBackend.class)
            .inNamespace(namespace)
            .withName("default")
            .get());
  }

  /** Waits until the Chatbot is Ready for its present generation. */
  public Chatbot awaitReady(String name) {
    return await(name, OperatorFixture::isReady);
  }

  /** Waits until the Chatbot is Ready, and returns the id of its bot. */
  public String awaitId(String name) {
    return idOf(awaitReady(name));
  }

  /** The id of the bot that the status names. */
  public static String idOf(Chatbot chatbot) {
    return Objects.requireNonNull(chatbot.getStatus().id());
  }

  /**
   * Waits until the condition Ready of the Chatbot gives this reason for its present generation.
   */
  public Chatbot awaitReason(String name, Reason reason) {
    return await(
        name,
        chatbot ->
            chatbot.getStatus() != null
                && Conditions.hasReason(
                    chatbot.getStatus().conditions(), ConditionType.Ready, reason)
                && chatbot
                    .getMetadata()
                    .getGeneration()
                    .equals(chatbot.getStatus().observedGeneration()));
  }

  public Chatbot await(String name, Predicate<Chatbot> condition) {
    return Awaitility.await("Chatbot " + name)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> chatbots(name).get(), chatbot -> chatbot != null && condition.test(chatbot));
  }

  public void awaitGone(String name) {
    Awaitility.await("end of Chatbot " + name)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> chatbots(name).get() == null);
  }

  public void awaitBackendReason(Reason reason) {
    Awaitility.await("ChatbotBackend " + reason)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () ->
                backendObject().getStatus() != null
                    && Conditions.hasReason(
                        backendObject().getStatus().conditions(), ConditionType.Ready, reason));
  }

  /** Waits until the backend was listed this often more. */
  public void awaitPolls(int times) {
    var wanted = backend().count("list-chatbots") + times;
    Awaitility.await("polls")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> backend().count("list-chatbots") >= wanted);
  }

  /** The orphan receipts in the namespace of the operator. */
  public List<ConfigMap> receipts() {
    return kubernetes()
        .configMaps()
        .inNamespace(namespace)
        .withLabel("okchat.ai/orphan-receipt")
        .list()
        .getItems();
  }

  public List<Event> events(String name) {
    return kubernetes().v1().events().inNamespace(namespace).list().getItems().stream()
        .filter(event -> name.equals(event.getInvolvedObject().getName()))
        .toList();
  }

  /** Returns the user agent of the operator of this test in the API server's audit log. */
  public String userAgent() {
    return "okchat-operator/" + namespace;
  }

  public static Condition condition(Chatbot chatbot, ConditionType type) {
    return Conditions.find(chatbot.getStatus().conditions(), type).orElseThrow();
  }

  /** Ready for the present generation. */
  public static boolean isReady(Chatbot chatbot) {
    var status = chatbot.getStatus();
    return status != null
        && Conditions.isTrue(status.conditions(), ConditionType.Ready)
        && chatbot.getMetadata().getGeneration().equals(status.observedGeneration());
  }

  private Namespace create(String prefix) {
    return kubernetes()
        .resource(
            new NamespaceBuilder().withNewMetadata().withGenerateName(prefix).endMetadata().build())
        .create();
  }

  /** No controller here removes a namespace's content, and the operator is gone by now. */
  private void letGo(List<? extends HasMetadata> objects) {
    for (var object : objects) {
      kubernetes()
          .resource(object)
          .edit(
              current -> {
                current.getMetadata().setFinalizers(List.of());
                return current;
              });
      kubernetes().resource(object).delete();
    }
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
