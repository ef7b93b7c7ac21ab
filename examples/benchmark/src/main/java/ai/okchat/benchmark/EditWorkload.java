package ai.okchat.benchmark;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** From the write of a spec to the PATCH that reaches the backend. */
record EditWorkload(TestBed bed) {

  private static final String BARE = "bare-1";

  /** As often as this says, then no more. */
  static BooleanSupplier times(int edits) {
    var left = new AtomicInteger(edits);
    return () -> left.getAndDecrement() > 0;
  }

  /** What both took. */
  record Both(Spread operated, Spread bare) {}

  /** The operator's and a bare client's at the same time, so that both meet the same. */
  Both sideBySide(Supplier<BooleanSupplier> goesOn, int bots, Duration pause) {
    var bare =
        CompletableFuture.supplyAsync(
            () -> bare(goesOn.get(), bots, pause), Thread::startVirtualThread);
    return new Both(operated(goesOn.get(), bots, pause), bare.join());
  }

  /** One after the other, on bots that nothing else happens to, as long as asked for. */
  private Spread operated(BooleanSupplier goesOn, int bots, Duration pause) {
    var begun = new HashMap<String, Instant>();
    var run = Long.toString(System.nanoTime(), 36);
    for (var number = 1; goesOn.getAsBoolean(); number++) {
      var greeting = run + "-" + number;
      begun.put(greeting, Instant.now());
      bed.api()
          .patch(
              Manifests.path(TestBed.WATCHED, "chatbots", "bot-" + (1 + number % bots)),
              Manifests.greeting(greeting));
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

  /** The same by a bare client: write the spec, read the bot, write the bot. */
  private Spread bare(BooleanSupplier goesOn, int bots, Duration pause) {
    var id = bed.backend().create("bare");
    var times = new ArrayList<Duration>();
    for (var number = 1; goesOn.getAsBoolean(); number++) {
      var begin = System.nanoTime();
      bed.api()
          .patch(
              Manifests.path(BARE, "chatbots", "bot-" + (1 + number % bots)),
              Manifests.greeting("bare " + number));
      bed.backend().edit(id, "bare " + number);
      times.add(Duration.ofNanos(System.nanoTime() - begin));
      Wait.pause(pause);
    }
    return new Spread(times);
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
        .map(it -> Duration.between(it.getValue(), arrived.get(it.getKey())))
        .toList();
  }
}
