package ai.okchat.operator.gitops;

import ai.okchat.operator.status.Reason;
import ai.okchat.operator.testing.OperatorFixture;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.ResourceNotFoundException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;

/** An object in a {@link OperatorFixture}, as the tools see it that read it from the API server. */
record AppliedObject(OperatorFixture world, String kind, String name) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Verdicts of Argo CD and kstatus. */
  record Verdict(String argo, Kstatus kstatus) {}

  Verdict verdict() {
    return verdictOn(stored());
  }

  /** Waits until {@code Ready} has this reason for the present generation. */
  AppliedObject awaitReason(Reason reason) {
    return awaitCondition("Ready", reason);
  }

  /** Waits until the object exists and its condition has this reason for the present generation. */
  AppliedObject awaitCondition(String type, Reason reason) {
    Awaitility.await("%s %s: %s %s".formatted(kind, name, type, reason))
        .atMost(OperatorFixture.PATIENCE)
        .ignoreException(ResourceNotFoundException.class)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> reasonOf(type, stored()).equals(reason.name()));
    return this;
  }

  /** Waits until the object no longer has the condition. */
  void awaitNoCondition(String type) {
    Awaitility.await("%s %s: no %s".formatted(kind, name, type))
        .atMost(OperatorFixture.PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> !stored().at("/status/conditions").findValuesAsText("type").contains(type));
  }

  /**
   * Waits until a field has a value.
   *
   * @param pointer of JSON
   */
  void awaitField(String pointer) {
    Awaitility.await(pointer)
        .atMost(OperatorFixture.PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> !stored().at(pointer).isMissingNode());
  }

  /** Runs an action as the button of Argo CD does: sends the difference as a merge patch. */
  void act(String action) {
    var before = stored();
    var after = Customization.of(kind).act(action, before);
    resource()
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            JsonNodeFactory.instance
                .objectNode()
                .set("metadata", annotationsThatDiffer(before, after))
                .toString());
  }

  /** Returns the object as it is stored now. */
  JsonNode stored() {
    return JSON.valueToTree(resource().require());
  }

  Resource<GenericKubernetesResource> resource() {
    return world
        .kubernetes()
        .genericKubernetesResources("okchat.ai/v1alpha1", kind)
        .inNamespace(world.namespace())
        .withName(name);
  }

  private Verdict verdictOn(JsonNode object) {
    return new Verdict(Customization.of(kind).healthOf(object).status(), Kstatus.of(object));
  }

  private static ObjectNode annotationsThatDiffer(JsonNode before, JsonNode after) {
    var metadata = JsonNodeFactory.instance.objectNode();
    var changed = metadata.putObject("annotations");
    var old = before.at("/metadata/annotations");
    var now = after.at("/metadata/annotations");
    old.fieldNames().forEachRemaining(field -> changed.putNull(field));
    now.properties().forEach(field -> changed.set(field.getKey(), field.getValue()));
    return metadata;
  }

  private static String reasonOf(String type, JsonNode object) {
    if (object.at("/status/observedGeneration").asLong(-1)
        != object.at("/metadata/generation").asLong()) {
      return "";
    }
    return StreamSupport.stream(object.at("/status/conditions").spliterator(), false)
        .filter(condition -> condition.path("type").asText().equals(type))
        .map(condition -> condition.path("reason").asText())
        .findFirst()
        .orElse("");
  }
}
