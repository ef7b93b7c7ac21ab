package ai.okchat.sandbox.dashboard;

import static io.javalin.http.HandlerType.DELETE;
import static io.javalin.http.HandlerType.GET;
import static io.javalin.http.HandlerType.POST;

import ai.okchat.sandbox.fault.FaultJson;
import ai.okchat.sandbox.fault.Faults;
import ai.okchat.sandbox.http.ApiError;
import ai.okchat.sandbox.http.Reply;
import ai.okchat.sandbox.journal.Journal;
import ai.okchat.sandbox.journal.JournalJson;
import ai.okchat.sandbox.json.Json;
import java.util.List;
import java.util.Objects;

/** Controls for faults and the journal. */
public final class TestControls {
  private final Faults faults;
  private final Journal journal;

  public TestControls(Faults faults, Journal journal) {
    this.faults = faults;
    this.journal = journal;
  }

  public List<ControlRoute> routes() {
    return List.of(
        new ControlRoute(POST, "/sandbox/faults", this::addFault),
        new ControlRoute(GET, "/sandbox/faults", _ -> listFaults()),
        new ControlRoute(DELETE, "/sandbox/faults", _ -> clearFaults()),
        new ControlRoute(DELETE, "/sandbox/faults/{faultId}", this::removeFault),
        new ControlRoute(GET, "/sandbox/journal", this::readJournal),
        new ControlRoute(DELETE, "/sandbox/journal", _ -> clearJournal()));
  }

  private Reply addFault(ControlRequest request) {
    var id = faults.add(FaultJson.read(request.body(FaultJson.SHAPE)));
    return Reply.json(201, Json.object().put("id", id));
  }

  private Reply listFaults() {
    var response = Json.object();
    var list = response.putArray("faults");
    faults.list().forEach(standing -> list.add(FaultJson.write(standing)));
    return Reply.ok(response);
  }

  private Reply clearFaults() {
    faults.clear();
    return Reply.empty(204);
  }

  private Reply removeFault(ControlRequest request) {
    if (!faults.remove(request.path("faultId"))) {
      throw ApiError.notFound("Fault");
    }
    return Reply.empty(204);
  }

  private Reply readJournal(ControlRequest request) {
    var endpoint = request.query("endpoint").orElse(null);
    var since = request.query("since").map(TestControls::sequenceNumber).orElse(0L);
    var response = Json.object();
    var list = response.putArray("calls");
    journal
        .calls(
            call ->
                call.seq() > since
                    && (endpoint == null
                        || Objects.equals(endpoint, call.entry().target().endpoint())))
        .forEach(call -> list.add(JournalJson.write(call)));
    return Reply.ok(response);
  }

  private static long sequenceNumber(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw ApiError.badRequest("since", "must be a sequence number");
    }
  }

  private Reply clearJournal() {
    journal.clear();
    return Reply.empty(204);
  }
}
