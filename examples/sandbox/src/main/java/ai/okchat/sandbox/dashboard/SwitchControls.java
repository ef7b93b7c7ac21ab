package ai.okchat.sandbox.dashboard;

import static io.javalin.http.HandlerType.GET;
import static io.javalin.http.HandlerType.PUT;

import ai.okchat.sandbox.http.ApiError;
import ai.okchat.sandbox.http.Reply;
import ai.okchat.sandbox.http.Shapes;
import ai.okchat.sandbox.json.Json;
import ai.okchat.sandbox.switches.LiveSwitches;
import ai.okchat.sandbox.switches.Switches;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The switches at run time. */
public final class SwitchControls {
  private final LiveSwitches switches;

  public SwitchControls(LiveSwitches switches) {
    this.switches = switches;
  }

  public List<ControlRoute> routes() {
    return List.of(
        new ControlRoute(GET, "/sandbox/switches", _ -> answer(switches.now())),
        new ControlRoute(PUT, "/sandbox/switches", this::change));
  }

  /** Switches that the body leaves out stay as they are. */
  private Reply change(ControlRequest request) {
    var body = request.body(Shapes.OBJECT);
    try {
      return answer(switches.change(now -> changed(now, body)));
    } catch (IllegalArgumentException e) {
      throw ApiError.of(400, String.valueOf(e.getMessage()));
    }
  }

  private static Switches changed(Switches now, ObjectNode body) {
    var changed = now;
    for (var field : body.properties()) {
      changed = changed.with(field.getKey(), field.getValue().asText());
    }
    return changed;
  }

  private static Reply answer(Switches switches) {
    var json = Json.object();
    Switches.all().forEach(it -> json.putPOJO(it.name(), it.jsonIn(switches)));
    return Reply.ok(json);
  }
}
