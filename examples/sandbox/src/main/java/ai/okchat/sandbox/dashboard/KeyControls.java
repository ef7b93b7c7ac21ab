package ai.okchat.sandbox.dashboard;

import static io.javalin.http.HandlerType.DELETE;
import static io.javalin.http.HandlerType.PUT;

import ai.okchat.sandbox.gateway.ApiKeys;
import ai.okchat.sandbox.http.ApiError;
import ai.okchat.sandbox.http.Reply;
import ai.okchat.sandbox.http.Shape;
import ai.okchat.sandbox.http.Shapes;
import ai.okchat.sandbox.json.Json;
import ai.okchat.sandbox.store.Organizations;
import java.util.List;
import java.util.Map;

/** Controls for API keys at run time. A restart restores the keys of the options. */
public final class KeyControls {
  private static final Shape KEY =
      Shapes.group(Map.of("key", Shapes.TEXT, "organization", Shapes.TEXT));

  private final ApiKeys keys;
  private final Organizations organizations;

  public KeyControls(ApiKeys keys, Organizations organizations) {
    this.keys = keys;
    this.organizations = organizations;
  }

  public List<ControlRoute> routes() {
    return List.of(
        new ControlRoute(PUT, "/sandbox/keys", this::put),
        new ControlRoute(DELETE, "/sandbox/keys/{key}", this::delete));
  }

  private Reply put(ControlRequest request) {
    var body = request.body(KEY);
    var key = required(body.path("key").asText(), "key");
    var name = required(body.path("organization").asText(), "organization");
    var organization = organizations.findOrCreate(name);
    keys.put(key, organization);
    return Reply.ok(
        Json.object()
            .put("organization", organization.name())
            .put("organization_id", organization.id()));
  }

  private Reply delete(ControlRequest request) {
    if (!keys.remove(request.path("key"))) {
      throw ApiError.notFound("Key");
    }
    return Reply.empty(204);
  }

  private static String required(String value, String field) {
    if (value.isBlank()) {
      throw ApiError.badRequest(field, "required");
    }
    return value;
  }
}
