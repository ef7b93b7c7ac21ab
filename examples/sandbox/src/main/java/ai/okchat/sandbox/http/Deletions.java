package ai.okchat.sandbox.http;

import ai.okchat.sandbox.json.Json;
import ai.okchat.sandbox.switches.Switches;

/** Builds the response to a deletion, in the form that the switches select. */
public final class Deletions {
  private Deletions() {}

  public static Reply answer(Switches switches, String message) {
    return switches.deleteStatus() == 204
        ? Reply.empty(204)
        : Reply.ok(Json.object().put("message", message));
  }
}
