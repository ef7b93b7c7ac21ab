package ai.okchat.operator.gitops;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** An object as the API server returns it, with the few fields that tools read. */
record StatusFixture(ObjectNode object) {

  /** Returns an object of this generation without a status. */
  static StatusFixture ofGeneration(long generation) {
    var object = JsonNodeFactory.instance.objectNode();
    object.putObject("metadata").put("name", "support").put("generation", generation);
    return new StatusFixture(object);
  }

  StatusFixture observed(long generation) {
    status().put("observedGeneration", generation);
    return this;
  }

  StatusFixture withId(String id) {
    status().put("id", id);
    return this;
  }

  /** Of the generation that was observed, or of none where none was. */
  StatusFixture with(String type, String truth, String reason, String message) {
    var condition =
        status()
            .withArray("/conditions")
            .addObject()
            .put("type", type)
            .put("status", truth)
            .put("reason", reason)
            .put("message", message);
    if (status().has("observedGeneration")) {
      condition.put("observedGeneration", status().path("observedGeneration").asLong());
    }
    return this;
  }

  StatusFixture annotated(String key, String value) {
    object.withObject("/metadata/annotations").put(key, value);
    return this;
  }

  StatusFixture beingDeleted() {
    object.withObject("/metadata").put("deletionTimestamp", "2026-03-01T07:00:00Z");
    return this;
  }

  private ObjectNode status() {
    return object.withObject("/status");
  }
}
