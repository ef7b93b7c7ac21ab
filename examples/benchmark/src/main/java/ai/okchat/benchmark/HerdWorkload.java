package ai.okchat.benchmark;

import java.time.Duration;

/** Applies many Chatbots at once, for a controller or as a bare client. */
record HerdWorkload(TestBed bed) {

  private static final int APPLIERS = 16;
  private static final int WRITERS = 50;

  /**
   * Creates this number of Chatbots, does the two writes that each needs, and waits until the watch
   * shows them as Ready, like those of a controller.
   */
  Duration bare(String namespace, int number) {
    var api = bed.api();
    var plural = Manifests.API + namespace + "/chatbots";
    try (var watch = ReadyWatch.open(api, namespace, "chatbots")) {
      var begin = System.nanoTime();
      Workers.each(APPLIERS, 1, number, bot -> api.create(plural, Manifests.chatbot(bot)));
      Workers.each(
          WRITERS,
          1,
          number,
          bot -> {
            var path = Manifests.path(namespace, "chatbots", "bot-" + bot);
            api.patch(path, Manifests.claim(bot));
            api.patch(path + "/status", Manifests.status(bot));
          });
      return Duration.ofNanos(watch.await(number) - begin);
    }
  }

  /** Creates the Chatbots from first to last, and waits until a controller made them Ready. */
  Duration operated(String namespace, ReadyWatch watch, int first, int last) {
    var api = bed.api();
    var plural = Manifests.API + namespace + "/chatbots";
    var begin = System.nanoTime();
    Workers.each(APPLIERS, first, last, bot -> api.create(plural, Manifests.chatbot(bot)));
    return Duration.ofNanos(watch.await(last) - begin);
  }
}
