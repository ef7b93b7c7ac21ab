package ai.okchat.sandbox.dashboard;

import static io.javalin.http.HandlerType.POST;

import ai.okchat.sandbox.http.Reply;
import java.util.List;

/** Control that restores the state of the first start. */
public final class ResetControl {
  private ResetControl() {}

  public static List<ControlRoute> routes(Runnable reset) {
    return List.of(
        new ControlRoute(
            POST,
            "/sandbox/reset",
            _ -> {
              reset.run();
              return Reply.empty(204);
            }));
  }
}
