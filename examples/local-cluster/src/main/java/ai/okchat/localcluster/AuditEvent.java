package ai.okchat.localcluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/**
 * One finished request, as the API server recorded it. A field without a value is the empty string.
 *
 * @param user the impersonated user, if there is one
 * @param verb the RBAC verb, such as {@code patch}; an apply is a patch
 * @param code the HTTP status of the response
 */
public record AuditEvent(String userAgent, String user, String verb, Target target, int code) {

  private static final Set<String> WRITES =
      Set.of("create", "update", "patch", "delete", "deletecollection");

  /** The target of the request. */
  public record Target(
      String apiGroup, String resource, String subresource, String namespace, String name) {}

  /** Returns whether the request was a write, independent of its result. */
  public boolean isWrite() {
    return WRITES.contains(verb);
  }

  static AuditEvent of(JsonNode event) {
    var impersonated = event.path("impersonatedUser").path("username").asText();
    return new AuditEvent(
        event.path("userAgent").asText(),
        impersonated.isEmpty() ? event.path("user").path("username").asText() : impersonated,
        event.path("verb").asText(),
        target(event.path("objectRef")),
        event.path("responseStatus").path("code").asInt());
  }

  private static Target target(JsonNode reference) {
    return new Target(
        reference.path("apiGroup").asText(),
        reference.path("resource").asText(),
        reference.path("subresource").asText(),
        reference.path("namespace").asText(),
        reference.path("name").asText());
  }
}
