package ai.okchat.sandbox.gateway;

import ai.okchat.sandbox.fault.EmptyList;
import ai.okchat.sandbox.fault.Fault;
import ai.okchat.sandbox.fault.FaultKind;
import ai.okchat.sandbox.fault.Faults;
import ai.okchat.sandbox.http.ApiError;
import ai.okchat.sandbox.http.Call;
import ai.okchat.sandbox.http.Endpoint;
import ai.okchat.sandbox.http.EndpointHandler;
import ai.okchat.sandbox.http.Reply;
import ai.okchat.sandbox.journal.Journal;
import ai.okchat.sandbox.store.Organization;
import ai.okchat.sandbox.switches.LiveSwitches;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Serves a request: a fault delays or replaces it, otherwise it is authenticated, counted and
 * handled; then it is recorded, and the response is sent. The journal has the request before the
 * client gets the response.
 */
public final class Gateway {
  /** Captured from the real service. */
  private static final Map<String, String> CORS =
      Map.of(
          "Access-Control-Allow-Origin", "*",
          "Access-Control-Allow-Credentials", "true",
          "Access-Control-Allow-Methods", "GET,OPTIONS,PATCH,DELETE,POST,PUT",
          "Access-Control-Allow-Headers", "Content-Type, x-api-key");

  private final ApiKeys keys;
  private final Faults faults;
  private final Journal journal;
  private final RateLimit rateLimit;
  private final Clock clock;

  public Gateway(ApiKeys keys, Faults faults, Journal journal, LiveSwitches switches, Clock clock) {
    this.keys = keys;
    this.faults = faults;
    this.journal = journal;
    this.rateLimit = new RateLimit(switches, clock);
    this.clock = clock;
  }

  /** Serves one request to one of the 17 endpoints. */
  public void serve(Context context, Endpoint endpoint, EndpointHandler handler)
      throws IOException, InterruptedException {
    var observed = new ObservedCall(context, endpoint, clock.instant());
    var organization = keys.organizationOf(context.header("x-api-key"));
    var fault = faults.take(endpoint).orElse(null);
    if (fault != null && fault.delayMillis() > 0) {
      Thread.sleep(fault.delayMillis());
    }
    if (fault != null && fault.kind() == FaultKind.CUT_BEFORE) {
      journal.add(observed.entry(0, organization.orElse(null), fault));
      Wire.cut(context);
      return;
    }
    var reply = reply(fault, () -> handle(context, organization, handler)).withHeaders(CORS);
    journal.add(observed.entry(reply.status(), organization.orElse(null), fault));
    send(context, reply, fault);
  }

  /** Serves the CORS preflight request of a browser. */
  public void servePreflight(Context context) throws IOException {
    Wire.send(context, Reply.empty(204).withHeaders(CORS));
  }

  /** Records a request to an unknown path, and responds 404. */
  public void serveUnknown(Context context) throws IOException {
    var observed = new ObservedCall(context, null, clock.instant());
    var organization = keys.organizationOf(context.header("x-api-key")).orElse(null);
    journal.add(observed.entry(404, organization, null));
    var what = "%s %s".formatted(context.method().name(), context.path());
    Wire.send(context, ErrorReplies.of(ApiError.notFound(what)));
  }

  private Reply handle(
      Context context, Optional<Organization> organization, EndpointHandler handler) {
    return ErrorReplies.guard(
        () -> {
          var owner =
              organization.orElseThrow(
                  () -> ApiError.of(401, "x-api-key: missing or not a key of this service"));
          rateLimit.count(owner.id());
          return handler.handle(new Call(context, owner));
        });
  }

  private static Reply reply(@Nullable Fault fault, ErrorReplies.Source usual) {
    if (fault == null) {
      return usual.reply();
    }
    var replacement = fault.answer();
    if (replacement != null) {
      var body = replacement.body().getBytes(StandardCharsets.UTF_8);
      return new Reply(replacement.status(), replacement.headers(), List.of(body));
    }
    return fault.kind() == FaultKind.EMPTY_LIST ? EmptyList.of(usual.reply()) : usual.reply();
  }

  private static void send(Context context, Reply reply, @Nullable Fault fault) throws IOException {
    switch (fault == null ? FaultKind.STATUS : fault.kind()) {
      case CUT_AFTER -> Wire.cut(context);
      case TRUNCATE -> Wire.truncate(context, reply);
      default -> Wire.send(context, reply);
    }
  }
}
