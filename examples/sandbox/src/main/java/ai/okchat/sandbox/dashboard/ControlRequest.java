package ai.okchat.sandbox.dashboard;

import ai.okchat.sandbox.http.JsonBody;
import ai.okchat.sandbox.http.Shape;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.util.Optional;

/** A request to the {@code /sandbox/} API. */
public record ControlRequest(Context context) {

  String path(String name) {
    return context.pathParam(name);
  }

  Optional<String> query(String name) {
    return Optional.ofNullable(context.queryParam(name)).filter(value -> !value.isBlank());
  }

  ObjectNode body(Shape shape) {
    var body = JsonBody.of(context.bodyAsBytes());
    shape.check("", body);
    return body;
  }
}
