package ai.okchat.benchmark;

import java.time.Duration;

/** Adds many bots with long prompts to the account, which no Chatbot object manages. */
record AccountWorkload(TestBed bed, EditWorkload edits, Report report) {

  private static final int PROMPT_KIBIBYTES = 8;
  private static final int WORKERS = 8;
  private static final Duration BETWEEN_READS = Duration.ofMillis(500);

  /** Number of lists after which at least one started after the last create. */
  private static final int LISTS = 3;

  void run(OperatorRun operator, Sizes sizes) {
    var bots = sizes.moreBots;
    var work = "%,d more bots with prompts of %d KiB".formatted(bots, PROMPT_KIBIBYTES);
    report.say(work);
    var before = operator.mebibytes();
    var prompt = "You help. ".repeat(PROMPT_KIBIBYTES * 1_024 / 10);
    Workers.each(
        WORKERS, 1, bots, number -> bed.backend().createInAccount("more-" + number, prompt));
    bed.backend().forgetCalls();
    Wait.until(
        "lists with all bots",
        BETWEEN_READS,
        () -> bed.backend().calls("list-chatbots").size() >= LISTS);
    var times =
        edits.sideBySide(number -> number <= sizes.edits, sizes.chatbots, Benchmark.EDIT_PAUSE);
    report.add(
        Figure.told(
            work,
            "resident memory, and before",
            "%d MiB, %d MiB".formatted(operator.mebibytes(), before)));
    report.add(
        Figure.told(work, "one edit, spec write to PATCH, p99", times.operated().text())
            .beside(Peer.BARE_CLIENT, times.bare().text()));
  }
}
