package ai.okchat.sandbox.fault;

import ai.okchat.sandbox.http.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps the active faults, oldest first. A request gets one fault at most. */
public final class Faults {
  private final List<Armed> armed = new ArrayList<>();
  private int lastId;

  /** An active fault, and how many requests matched it and got it. */
  public record Standing(String id, Fault fault, int seen, int fired) {}

  public synchronized String add(Fault fault) {
    var id = "fault-" + ++lastId;
    armed.add(new Armed(id, fault));
    return id;
  }

  public synchronized void clear() {
    armed.clear();
  }

  public synchronized boolean remove(String id) {
    return armed.removeIf(candidate -> candidate.id.equals(id));
  }

  public synchronized List<Standing> list() {
    return armed.stream()
        .map(
            candidate ->
                new Standing(candidate.id, candidate.fault, candidate.seen, candidate.fired))
        .toList();
  }

  /** Returns the fault of this request, and counts the request. */
  public synchronized Optional<Fault> take(Endpoint endpoint) {
    for (var candidate : armed) {
      if (candidate.fault.concerns(endpoint) && candidate.fires()) {
        return Optional.of(candidate.fault);
      }
    }
    return Optional.empty();
  }

  private static final class Armed {
    private final String id;
    private final Fault fault;
    private int seen;
    private int fired;

    Armed(String id, Fault fault) {
      this.id = id;
      this.fault = fault;
    }

    boolean fires() {
      var hit = fault.window().holds(seen++);
      fired += hit ? 1 : 0;
      return hit;
    }
  }
}
