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

/** Controls for the switches at run time. */
public final class SwitchControls {
  private final LiveSwitches switches;

  public SwitchControls(LiveSwitches switches) {
    this.switches = switches;
  }

  public List<ControlRoute> routes() {
    return List.of(
        new ControlRoute(GET, "/sandbox/switches", _ -> reply(switches.now())),
        new ControlRoute(PUT, "/sandbox/switches", this::change));
  }

  /** Changes the switches of the body; all others stay unchanged. */
  private Reply change(ControlRequest request) {
    var body = request.body(Shapes.OBJECT);
    try {
      return reply(switches.change(now -> changed(now, body)));
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

  private static Reply reply(Switches switches) {
    var json = Json.object();
    Switches.all().forEach(known -> json.putPOJO(known.name(), known.jsonIn(switches)));
    return Reply.ok(json);
  }
}
