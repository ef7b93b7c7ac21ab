package ai.okchat.operator.tenancy;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.ClusterChatbotBackend;
import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.Conditions;
import ai.okchat.operator.status.Reason;
import ai.okchat.operator.testing.Backend;
import ai.okchat.operator.testing.OperatorFixture;
import ai.okchat.operator.testing.TestedOperator;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/**
 * An account that namespaces share: its key lies in the namespace of the {@link OperatorFixture},
 * which is the platform's; an operator serves the whole cluster; each team has a namespace of its
 * own.
 */
final class SharedAccount implements AutoCloseable {

  private final OperatorFixture world;
  private final TestedOperator operator;
  private final List<String> teams = new ArrayList<>();

  SharedAccount(OperatorFixture world) {
    this.world = world;
    world.stopOperator();
    world.storeKey(Backend.API_KEY);
    operator =
        TestedOperator.start(
            TestedOperator.everywhere(world.namespace()),
            world.userAgent(),
            Clock.systemUTC(),
            TestedOperator.NO_FAULT);
  }

  /** The name of the ClusterChatbotBackend: others of the same cluster have other names. */
  String name() {
    return "shared-" + world.namespace();
  }

  /** A new namespace. */
  String team(Map<String, String> labels) {
    var namespace =
        new NamespaceBuilder()
            .withNewMetadata()
            .withGenerateName("team-")
            .withLabels(labels)
            .endMetadata()
            .build();
    var name = world.kubernetes().resource(namespace).create().getMetadata().getName();
    teams.add(name);
    return name;
  }

  void label(String team, String name, String value) {
    world
        .kubernetes()
        .namespaces()
        .withName(team)
        .edit(
            namespace ->
                new NamespaceBuilder(namespace)
                    .editMetadata()
                    .addToLabels(name, value)
                    .endMetadata()
                    .build());
  }

  /**
   * Applies the ClusterChatbotBackend.
   *
   * @param allowedNamespaces in YAML; blank: none
   */
  void allow(String allowedNamespaces) {
    apply(
        "",
        """
        apiVersion: okchat.ai/v1alpha1
        kind: ClusterChatbotBackend
        metadata: {name: %s}
        spec:
          url: %s
          allowInsecure: true
          apiKeySecretRef: {namespace: %s, name: okchat, key: api-key}
          pollInterval: 1s
          requestTimeout: 3s
          rateLimit: {requestsPerSecond: 1000, burst: 1000}
          %s
        """
            .formatted(
                name(),
                world.backend().url(),
                world.namespace(),
                allowedNamespaces.isBlank() ? "" : "allowedNamespaces: " + allowedNamespaces));
  }

  /** A Chatbot that names the shared account. */
  void applyBot(String team, String name, String... specLines) {
    apply(
        team,
        """
        apiVersion: okchat.ai/v1alpha1
        kind: Chatbot
        metadata: {name: %s}
        spec:
          backendRef: {kind: ClusterChatbotBackend, name: %s}
          name: Bot %s
          prompt: You help.
          %s
        """
            .formatted(name, name(), name, String.join("\n  ", specLines)));
  }

  /** One document for the Chatbot of the same name. */
  void applyKnowledge(String team, String name) {
    apply(
        team,
        """
        apiVersion: okchat.ai/v1alpha1
        kind: KnowledgeSource
        metadata: {name: %1$s}
        spec:
          chatbotRef: {name: %1$s}
          documents: [{name: hours, text: From nine to five.}]
        """
            .formatted(name));
  }

  void apply(String namespace, String yaml) {
    var text = new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8));
    for (var object : world.kubernetes().load(text).items()) {
      if (!namespace.isEmpty()) {
        object.getMetadata().setNamespace(namespace);
      }
      world.kubernetes().resource(object).forceConflicts().serverSideApply();
    }
  }

  Resource<Chatbot> bot(String team, String name) {
    return world.kubernetes().resources(Chatbot.class).inNamespace(team).withName(name);
  }

  Resource<KnowledgeSource> knowledge(String team, String name) {
    return world.kubernetes().resources(KnowledgeSource.class).inNamespace(team).withName(name);
  }

  Resource<ClusterChatbotBackend> object() {
    return world.kubernetes().resources(ClusterChatbotBackend.class).withName(name());
  }

  Chatbot awaitBot(String team, String name, Reason reason) {
    return await(bot(team, name), chatbot -> isAt(chatbot, conditions(chatbot), reason));
  }

  KnowledgeSource awaitKnowledge(String team, String name, Reason reason) {
    return await(knowledge(team, name), source -> isAt(source, conditions(source), reason));
  }

  ClusterChatbotBackend awaitObject(Reason reason) {
    return await(
        object(),
        backend ->
            isAt(
                backend,
                backend.getStatus() == null ? List.of() : backend.getStatus().conditions(),
                reason));
  }

  <T extends HasMetadata> T await(Resource<T> resource, Predicate<T> condition) {
    return Awaitility.await(resource.toString())
        .atMost(OperatorFixture.PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(resource::get, current -> current != null && condition.test(current));
  }

  void awaitGone(Resource<?> resource) {
    Awaitility.await("end of " + resource)
        .atMost(OperatorFixture.PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> resource.get() == null);
  }

  /** Returns the message of Ready. */
  static String message(Chatbot chatbot) {
    return OperatorFixture.condition(chatbot, ConditionType.Ready).getMessage();
  }

  @Override
  public void close() {
    operator.close();
    for (var team : teams) {
      letGo(
          world.kubernetes().resources(KnowledgeSource.class).inNamespace(team).list().getItems());
      letGo(world.kubernetes().resources(Chatbot.class).inNamespace(team).list().getItems());
      world.kubernetes().namespaces().withName(team).delete();
    }
    var left = object().get();
    if (left != null) {
      letGo(List.of(left));
    }
  }

  private void letGo(List<? extends HasMetadata> objects) {
    for (var object : objects) {
      world
          .kubernetes()
          .resource(object)
          .edit(
              current -> {
                current.getMetadata().setFinalizers(List.of());
                return current;
              });
      world.kubernetes().resource(object).delete();
    }
  }

  private static boolean isAt(HasMetadata object, List<Condition> conditions, Reason reason) {
    return Conditions.find(conditions, ConditionType.Ready)
        .filter(condition -> condition.getReason().equals(reason.name()))
        .filter(
            condition ->
                condition.getObservedGeneration().equals(object.getMetadata().getGeneration()))
        .isPresent();
  }

  private static List<Condition> conditions(Chatbot chatbot) {
    return chatbot.getStatus() == null ? List.of() : chatbot.getStatus().conditions();
  }

  private static List<Condition> conditions(KnowledgeSource source) {
    return source.getStatus() == null ? List.of() : source.getStatus().conditions();
  }
}
