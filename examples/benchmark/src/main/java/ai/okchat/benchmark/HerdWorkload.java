package ai.okchat.benchmark;

import java.time.Duration;

/** Applies many Chatbots at once, with the operator and with a bare client. */
record HerdWorkload(TestBed bed, Report report) {

  private static final int APPLIERS = 16;
  private static final int WRITERS = 50;

  /** Creates this number of Chatbots, and then does the two writes that each needs. */
  Duration bare(String namespace, int number) {
    var api = bed.api();
    var plural = Manifests.API + namespace + "/chatbots";
    var created =
        Workers.each(APPLIERS, 1, number, bot -> api.create(plural, Manifests.chatbot(bot)));
    return created.plus(
        Workers.each(
            WRITERS,
            1,
            number,
            bot -> {
              var path = Manifests.path(namespace, "chatbots", "bot-" + bot);
              api.patch(path, Manifests.claim(bot));
              api.patch(path + "/status", Manifests.status(bot));
            }));
  }

  /** Creates the Chatbots from first to last, and waits until they are Ready. */
  Duration operated(ReadyWatch watch, int first, int last) {
    var api = bed.api();
    var plural = Manifests.API + TestBed.WATCHED + "/chatbots";
    var begin = System.nanoTime();
    Workers.each(APPLIERS, first, last, bot -> api.create(plural, Manifests.chatbot(bot)));
    return Duration.ofNanos(watch.await(last) - begin);
  }

  /** Reports the API server writes and the backend requests for each of the Chatbots. */
  void countPerChatbot(long writes, int number) {
    var calls = bed.backend().calls();
    var lists = calls.stream().filter(call -> call.endpoint().equals("list-chatbots")).count();
    var each = (calls.size() - lists) / (double) number;
    var writesOfEach = (writes - number) / (double) number;
    report.add(
        Figure.marked(
            "applied at once",
            "API server writes for each Chatbot",
            "%.3f".formatted(writesOfEach),
            "2",
            Math.abs(writesOfEach - 2) < 0.01));
    report.add(
        Figure.marked(
            "applied at once",
            "backend calls for each Chatbot, and lists in all",
            "%.3f, %d".formatted(each, lists),
            "1, no list for each",
            Math.round(each * 100) == 100 && lists < number / 20 + 5));
  }
}
