package ai.okchat.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.ClusterChatbotBackend;
import ai.okchat.operator.config.OperatorConfig;
import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.Conditions;
import ai.okchat.operator.testing.OperatorAccount;
import ai.okchat.operator.testing.OperatorFixture;
import ai.okchat.operator.testing.SharedCluster;
import ai.okchat.operator.testing.TestedOperator;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The chart's rights against what an operator that does everything asks the API server for. */
class RightsIT {

  /** Given for what happens in some runs only. */
  private static final Map<Right, String> RARELY_USED =
      Map.of(
          new Right("okchat.ai", "chatbotbackends", "get"),
          "a status or a finalizer that is written while another client writes the object",
          new Right("okchat.ai", "chatbots", "get"),
          "the same",
          new Right("okchat.ai", "knowledgesources", "get"),
          "the same",
          new Right("okchat.ai", "clusterchatbotbackends", "get"),
          "the same",
          new Right("coordination.k8s.io", "leases", "update"),
          "the framework refuses to start without it");

  /** Right of every authenticated user. */
  private static final Right SELF_REVIEW =
      new Right("authorization.k8s.io", "selfsubjectrulesreviews", "create");

  @RegisterExtension final OperatorFixture world = new OperatorFixture();

  @Test
  void namespacedOperatorUsesExactlyItsRights() {
    // Given
    world.stopOperator();
    var home = world.kubernetes().resource(namespace()).create().getMetadata().getName();
    var config = TestedOperator.serving(Set.of(world.namespace()), home, true);

    // When
    try (var _ = start(config)) {
      doEverything(home);
    }

    // Then
    var chart = OperatorAccount.chart(config);
    awaitUsed(
        world.namespace(), usedInEachRun(given(chart.one(Role.class, "-watched").getRules())));
    awaitUsed(home, usedInEachRun(given(chart.one(Role.class, "-operator").getRules())));
    assertThat(used("")).as("outside of namespaces").containsExactly(SELF_REVIEW);
    assertThat(refused()).isEmpty();
  }

  @Test
  void clusterWideOperatorAlsoReadsNamespaces() {
    // Given
    world.stopOperator();
    var config = TestedOperator.serving(Set.of(), world.namespace(), true);
    var chart = OperatorAccount.chart(config);
    var namespaced =
        OperatorAccount.chart(TestedOperator.serving(Set.of("anywhere"), "home", true));

    // When
    try (var _ = start(config)) {
      world.connectBackend();
      world.applyChatbot("support");
      world.awaitReady("support");
      useBackendOfTheCluster("rights-" + world.namespace());
    }

    // Then
    var rights = given(chart.one(ClusterRole.class, "-operator").getRules());
    var ofTheCluster =
        Set.of(
            new Right("", "namespaces", "list"),
            new Right("", "namespaces", "watch"),
            new Right("okchat.ai", "clusterchatbotbackends", "list"),
            new Right("okchat.ai", "clusterchatbotbackends", "watch"),
            new Right("okchat.ai", "clusterchatbotbackends", "patch"),
            new Right("okchat.ai", "clusterchatbotbackends/status", "patch"));
    assertThat(used("")).containsAll(ofTheCluster);
    rights.removeAll(ofTheCluster);
    rights.remove(new Right("okchat.ai", "clusterchatbotbackends", "get"));
    assertThat(rights).isEqualTo(given(namespaced.one(Role.class, "-watched").getRules()));
    assertThat(refused()).isEmpty();
  }

  /** Made, used, and gone with its last bot. */
  private void useBackendOfTheCluster(String name) {
    var backend = world.kubernetes().resources(ClusterChatbotBackend.class).withName(name);
    world
        .kubernetes()
        .resource(
            Serialization.unmarshal(
                """
                apiVersion: okchat.ai/v1alpha1
                kind: ClusterChatbotBackend
                metadata: {name: %s}
                spec:
                  url: %s
                  allowInsecure: true
                  apiKeySecretRef: {namespace: %s, name: okchat, key: api-key}
                  allowedNamespaces: {names: [%s]}
                """
                    .formatted(name, world.backend().url(), world.namespace(), world.namespace()),
                ClusterChatbotBackend.class))
        .create();
    world.applyChatbot(
        "sharing", "backendRef: {kind: ClusterChatbotBackend, name: %s}".formatted(name));
    world.awaitReady("sharing");
    world.chatbots("sharing").delete();
    world.awaitGone("sharing");
    backend.delete();
    Awaitility.await("end of " + name)
        .atMost(OperatorFixture.PATIENCE)
        .until(() -> backend.get() == null);
  }

  private void doEverything(String home) {
    world.connectBackend();
    world.apply(
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: prompt}
        data: {text: You help.}
        """);
    world.applyChatbot("support", "promptFrom: {configMapKeyRef: {name: prompt, key: text}}");
    world.awaitReady("support");
    // A list that says nothing: what was sent is noted in a ConfigMap, which goes with the source.
    world.backend().flip("knowledgeListShape", "placeholder");
    world.applySource("docs", "documents: [{name: hours, text: From nine to five.}]");
    awaitConfigMaps(world.namespace(), "okchat.ai/ledger");
    world.backend().flip("knowledgeListShape", "documents");
    annotate(world.sources("docs"), "okchat.ai/reconcile-requested-at", "now");
    awaitReady("docs");
    delete("docs");
    // A bot that cannot be deleted and may be given up leaves a receipt.
    world.backend().fault("delete-chatbot", "status", Map.of("status", 500));
    annotate(world.chatbots("support"), "okchat.ai/deletion-timeout", "1s");
    world.chatbots("support").delete();
    world.awaitGone("support");
    awaitConfigMaps(home, "okchat.ai/orphan-receipt");
  }

  /** The API server logs a watch when it ends, a moment after the operator has. */
  private void awaitUsed(String namespace, Set<Right> expected) {
    Awaitility.await("rights used in " + namespace)
        .atMost(OperatorFixture.PATIENCE)
        .untilAsserted(() -> assertThat(usedInEachRun(used(namespace))).isEqualTo(expected));
  }

  /** Whatever the operator writes meanwhile. */
  private static void annotate(Resource<?> object, String name, String value) {
    object.patch(
        PatchContext.of(PatchType.JSON_MERGE),
        "{\"metadata\": {\"annotations\": {\"%s\": \"%s\"}}}".formatted(name, value));
  }

  private void awaitReady(String name) {
    Awaitility.await("KnowledgeSource " + name)
        .atMost(OperatorFixture.PATIENCE)
        .until(
            () -> {
              var status = world.sources(name).get().getStatus();
              return status != null && Conditions.isTrue(status.conditions(), ConditionType.Ready);
            });
  }

  private void awaitConfigMaps(String namespace, String label) {
    Awaitility.await(label)
        .atMost(OperatorFixture.PATIENCE)
        .until(
            () ->
                !world
                    .kubernetes()
                    .configMaps()
                    .inNamespace(namespace)
                    .withLabel(label)
                    .list()
                    .getItems()
                    .isEmpty());
  }

  private void delete(String name) {
    world.sources(name).delete();
    Awaitility.await("end of KnowledgeSource " + name)
        .atMost(OperatorFixture.PATIENCE)
        .until(() -> world.sources(name).get() == null);
  }

  private TestedOperator start(OperatorConfig config) {
    return TestedOperator.start(config, agent(), Clock.systemUTC(), TestedOperator.NO_FAULT);
  }

  /** Returns the rights that the operator used in a namespace. */
  private Set<Right> used(String namespace) {
    return SharedCluster.get().auditLog().events().stream()
        .filter(event -> event.userAgent().equals(agent()))
        .filter(event -> event.target().namespace().equals(namespace))
        .filter(event -> event.code() < 400 || event.code() == 404)
        .flatMap(Right::used)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<Right> usedInEachRun(Set<Right> rights) {
    rights.removeAll(RARELY_USED.keySet());
    return rights;
  }

  private List<Right> refused() {
    return SharedCluster.get().auditLog().events().stream()
        .filter(event -> event.userAgent().equals(agent()) && event.code() == 403)
        .flatMap(Right::used)
        .distinct()
        .toList();
  }

  private String agent() {
    return "rights/" + world.namespace();
  }

  private static Set<Right> given(List<PolicyRule> rules) {
    return Right.given(rules).collect(Collectors.toCollection(TreeSet::new));
  }

  private static Namespace namespace() {
    return new NamespaceBuilder().withNewMetadata().withGenerateName("home-").endMetadata().build();
  }
}
