package ai.okchat.operator.gitops;

import ai.okchat.operator.testing.OperatorFixture;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;

/** The Application of Argo CD that deploys to the namespace of a test, and has its name. */
record ArgoApplication(OperatorFixture world) {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The status of the sync and of the health, as Argo CD reports them. */
  record Verdict(String sync, String health) {}

  static final Verdict HEALTHY = new Verdict("Synced", "Healthy");

  Verdict verdict() {
    return new Verdict(
        stored().at("/status/sync/status").asText(), stored().at("/status/health/status").asText());
  }

  /** The health of the objects of the operator, by kind. */
  Map<String, String> healths() {
    return StreamSupport.stream(stored().at("/status/resources").spliterator(), false)
        .filter(resource -> resource.path("group").asText().equals("okchat.ai"))
        .collect(
            Collectors.toMap(
                resource -> resource.path("kind").asText(),
                resource -> resource.at("/health/status").asText()));
  }

  /** Waits until a commit is synced, its operation has ended, and all objects are healthy. */
  void awaitHealthy(String commit) {
    await(
        "health of " + commit,
        status ->
            status.at("/sync/revision").asText().equals(commit)
                && status.at("/operationState/syncResult/revision").asText().equals(commit)
                && status.at("/operationState/phase").asText().equals("Succeeded")
                && verdict().equals(HEALTHY));
  }

  void awaitHealth(String health) {
    await(health, status -> status.at("/health/status").asText().equals(health));
  }

  /** Waits until the object of a kind has this health. */
  void awaitHealth(String kind, String health) {
    await(kind + " " + health, _ -> health.equals(healths().get(kind)));
  }

  /** Waits until the status of the application matches. */
  JsonNode await(String name, Predicate<JsonNode> condition) {
    return Awaitility.await(name)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> stored().path("status"), condition);
  }

  /** Compares with Git now, and waits for the result. */
  void refresh(String type) {
    resource()
        .patch(
            MERGE,
            "{\"metadata\":{\"annotations\":{\"argocd.argoproj.io/refresh\":\"%s\"}}}"
                .formatted(type));
    Awaitility.await("refresh")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> stored().at("/metadata/annotations/argocd.argoproj.io~1refresh").isMissingNode());
  }

  /**
   * Syncs as the button does, and waits for the end of the operation. Its user identifies it: the
   * time of an operation has no fraction, and a self-heal may start in the same second.
   */
  void sync() {
    var user = "test-" + UUID.randomUUID();
    await("end of other operations", _ -> stored().path("operation").isMissingNode());
    resource()
        .patch(
            MERGE,
            """
            {"operation": {"initiatedBy": {"username": "%s"},
              "sync": {"revision": "%s", "syncOptions": %s}}}
            """
                .formatted(
                    user,
                    stored().at("/status/sync/revision").asText(),
                    stored().at("/spec/syncPolicy/syncOptions")));
    await(
        "sync",
        status ->
            status.at("/operationState/operation/initiatedBy/username").asText().equals(user)
                && status.at("/operationState/phase").asText().equals("Succeeded"));
  }

  /** Deletes it with all its objects, and waits until it is gone. */
  void deleteInCascade() {
    resource()
        .patch(
            MERGE, "{\"metadata\":{\"finalizers\":[\"resources-finalizer.argocd.argoproj.io\"]}}");
    resource().delete();
    Awaitility.await("end of the application")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> !exists());
  }

  boolean exists() {
    return resource().get() != null;
  }

  private JsonNode stored() {
    return JSON.valueToTree(resource().require());
  }

  private Resource<GenericKubernetesResource> resource() {
    return world
        .kubernetes()
        .genericKubernetesResources("argoproj.io/v1alpha1", "Application")
        .inNamespace(ArgoCdComponents.NAMESPACE)
        .withName(world.namespace());
  }
}
