package ai.okchat.sandbox.http;

import ai.okchat.sandbox.json.Json;
import ai.okchat.sandbox.switches.Switches;

/** The answer to a deletion, in the form that the switches ask for. */
public final class Deletions {
  private Deletions() {}

  public static Reply answer(Switches switches, String message) {
    return switches.deleteStatus() == 204
        ? Reply.empty(204)
        : Reply.ok(Json.object().put("message", message));
  }
}
