package ai.okchat.operator.gitops;

import ai.okchat.operator.testing.OperatorFixture;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;

/** A Kustomization of Flux in the namespace of a test. */
record FluxKustomization(OperatorFixture world, String name) {

  /** For a health check that runs until its timeout, and the one of the next commit. */
  static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final String REQUEST = "reconcile.fluxcd.io/requestedAt";
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * The condition Ready as users read it.
   *
   * @param message without elapsed times
   */
  record Verdict(String status, String reason, String message) {}

  Verdict verdict() {
    var ready =
        StreamSupport.stream(stored().at("/status/conditions").spliterator(), false)
            .filter(condition -> condition.path("type").asText().equals("Ready"))
            .findFirst()
            .orElse(JSON.nullNode());
    return new Verdict(
        ready.path("status").asText(),
        ready.path("reason").asText(),
        ready.path("message").asText().replaceAll(" after [0-9.]+m?s", ""));
  }

  /** Waits for a verdict of this reason. */
  Verdict await(String reason) {
    return Awaitility.await(name + " " + reason)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(this::verdict, verdict -> verdict.reason().equals(reason));
  }

  /** Waits until a commit is applied, and its objects are ready. */
  void awaitApplied(String commit) {
    Awaitility.await(name + " of " + commit)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(this::verdict, verdict -> verdict.equals(applied(commit)));
  }

  /** The verdict on a commit that is applied, with all objects ready. */
  static Verdict applied(String commit) {
    return new Verdict("True", "ReconciliationSucceeded", "Applied revision: main@sha1:" + commit);
  }

  /** Applies the objects of the commit again, and waits until that is done. */
  Verdict reconcile() {
    var request = Instant.now().toString();
    resource()
        .edit(
            current -> {
              current.getMetadata().getAnnotations().putAll(Map.of(REQUEST, request));
              return current;
            });
    Awaitility.await("reconciliation of " + name)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> stored().at("/status/lastHandledReconcileAt").asText().equals(request));
    return verdict();
  }

  boolean exists() {
    return resource().get() != null;
  }

  /** Deletes it, and waits until Flux has pruned its objects. */
  void delete() {
    resource().delete();
    Awaitility.await("end of " + name)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> resource().get() == null);
  }

  private JsonNode stored() {
    return JSON.valueToTree(resource().require());
  }

  private Resource<GenericKubernetesResource> resource() {
    return world
        .kubernetes()
        .genericKubernetesResources("kustomize.toolkit.fluxcd.io/v1", "Kustomization")
        .inNamespace(world.namespace())
        .withName(name);
  }
}
