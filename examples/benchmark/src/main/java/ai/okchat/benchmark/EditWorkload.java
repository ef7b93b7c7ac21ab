package ai.okchat.benchmark;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntPredicate;

/** Measures the time from the write of a spec to its PATCH at the backend. */
record EditWorkload(TestBed bed) {

  /** The times of the operator and of the bare client. */
  record Both(Spread operated, Spread bare) {}

  /**
   * Measures the operator and a bare client at the same time, under the same conditions.
   *
   * @param goesOn returns whether to make the edit of this number, from 1
   */
  Both sideBySide(IntPredicate goesOn, int bots, Duration pause) {
    var bare =
        CompletableFuture.supplyAsync(() -> bare(goesOn, bots, pause), Thread::startVirtualThread);
    return new Both(operated(goesOn, bots, pause), bare.join());
  }

  /** Edits one after the other, on bots without other changes. */
  private Spread operated(IntPredicate goesOn, int bots, Duration pause) {
    var begun = new HashMap<String, Instant>();
    var run = Long.toString(System.nanoTime(), 36);
    for (var number = 1; goesOn.test(number); number++) {
      var greeting = run + "-" + number;
      begun.put(greeting, Instant.now());
      write(TestBed.WATCHED, 1 + number % bots, greeting);
      Wait.pause(pause);
    }
    var arrived = new HashMap<String, Instant>();
    Wait.until(
        "all edits at the backend",
        Duration.ofMillis(500),
        () -> {
          arrived.putAll(arrivals());
          return arrived.keySet().containsAll(begun.keySet());
        });
    return new Spread(between(begun, arrived));
  }

  /** Does the same as a bare client: writes the spec, reads the bot, writes the bot. */
  private Spread bare(IntPredicate goesOn, int bots, Duration pause) {
    var id = bed.backend().create("bare");
    var times = new ArrayList<Duration>();
    for (var number = 1; goesOn.test(number); number++) {
      var begin = System.nanoTime();
      var greeting = "bare " + number;
      write(TestBed.BARE, 1 + number % bots, greeting);
      bed.backend().edit(id, greeting);
      times.add(Duration.ofNanos(System.nanoTime() - begin));
      Wait.pause(pause);
    }
    return new Spread(times);
  }

  private void write(String namespace, int bot, String greeting) {
    bed.api()
        .patch(Manifests.path(namespace, "chatbots", "bot-" + bot), Manifests.greeting(greeting));
  }

  private Map<String, Instant> arrivals() {
    var arrivals = new HashMap<String, Instant>();
    for (var call : bed.backend().calls("update-chatbot")) {
      arrivals.putIfAbsent(call.body().at("/settings/greeting").asText(), call.at());
    }
    return arrivals;
  }

  private static List<Duration> between(Map<String, Instant> begun, Map<String, Instant> arrived) {
    return begun.entrySet().stream()
        .map(edit -> Duration.between(edit.getValue(), arrived.get(edit.getKey())))
        .toList();
  }
}
