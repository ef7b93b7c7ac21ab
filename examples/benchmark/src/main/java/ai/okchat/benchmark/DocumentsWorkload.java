package ai.okchat.benchmark;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Ingests many documents of one source. */
record DocumentsWorkload(TestBed bed, Report report) {

  private static final int BYTES = 10_000;
  private static final int IN_ONE_MAP = 80;
  private static final int UPLOADERS = 8;
  private static final double LEAST = 0.8;
  private static final int ROUNDS = 5;

  /** The figures of one source, and of a bare client right before it. */
  private record Round(
      Duration operated, Duration bare, String processors, String bareProcessors, String uploads) {}

  /** Each round has its own source. Several, since the API server collects garbage in some. */
  void run(OperatorRun operator, int documents, int bots) {
    report.say("%,d documents of 10 KB into one source, %d times".formatted(documents, ROUNDS));
    createConfigMaps(documents);
    var before = operator.mebibytes();
    var rounds =
        IntStream.rangeClosed(1, ROUNDS)
            .mapToObj(number -> round("pages-" + number, "bot-" + (1 + number % bots), documents))
            .sorted(Comparator.comparing(Round::operated))
            .toList();
    report("%,d documents".formatted(documents), rounds, operator.mebibytes() - before);
  }

  private Round round(String name, String bot, int documents) {
    ProcessorTime.awaitRest();
    var start = ProcessorTime.now();
    var bare = bare(documents);
    var bareProcessors = ProcessorTime.now().since(start).text();
    try (var watch = ReadyWatch.openOne(bed.api(), TestBed.WATCHED, "knowledgesources", name)) {
      ProcessorTime.awaitRest();
      bed.backend().forgetCalls();
      var waiting = ProcessorTime.now();
      var at = Instant.now();
      var begin = System.nanoTime();
      bed.api().create(Manifests.API + TestBed.WATCHED + "/knowledgesources", source(name, bot));
      var operated = Duration.ofNanos(watch.await(name) - begin);
      var processors = ProcessorTime.now().since(waiting).text();
      return new Round(operated, bare, processors, bareProcessors, uploads(at));
    }
  }

  private void report(String work, List<Round> rounds, long grown) {
    var operated = work + ", by the operator";
    var median = rounds.get(ROUNDS / 2);
    var bare = new Spread(rounds.stream().map(Round::bare).toList()).percentile(50);
    report.add(
        Figure.compared(
            work,
            "until the source is Ready, median of " + ROUNDS,
            seconds(median.operated()),
            Peer.BARE_CLIENT,
            seconds(bare),
            LEAST));
    report.add(
        Figure.told(work + ", by the bare client", "processor seconds", median.bareProcessors()));
    report.add(Figure.told(operated, "processor seconds", median.processors()));
    report.add(
        Figure.told(operated, "until the first upload and until the last", median.uploads()));
    report.add(Figure.told(work, "resident memory more than before", grown + " MiB"));
  }

  private String uploads(Instant begin) {
    var uploads = bed.backend().calls("upload-knowledge");
    return "%.2f s, %.2f s"
        .formatted(
            seconds(Duration.between(begin, uploads.getFirst().at())),
            seconds(Duration.between(begin, uploads.getLast().at())));
  }

  private void createConfigMaps(int documents) {
    var maps = (documents + IN_ONE_MAP - 1) / IN_ONE_MAP;
    for (var map = 0; map < maps; map++) {
      bed.api()
          .create(
              "/api/v1/namespaces/%s/configmaps".formatted(TestBed.WATCHED),
              configMap(map, map * IN_ONE_MAP, Math.min(documents, (map + 1) * IN_ONE_MAP)));
    }
  }

  private static double seconds(Duration time) {
    return Spread.millis(time) / 1_000;
  }

  private Duration bare(int documents) {
    var id = bed.backend().create("documents");
    return Workers.each(
        UPLOADERS,
        1,
        documents,
        number -> bed.backend().upload(id, "page-" + number + ".md", text(number)));
  }

  private static String configMap(int number, int from, int to) {
    var data =
        IntStream.range(from, to)
            .mapToObj(page -> "\"page-%d.md\": \"%s\"".formatted(page, text(page)))
            .collect(Collectors.joining(", "));
    return """
    {"apiVersion": "v1", "kind": "ConfigMap",
     "metadata": {"name": "pages-%d", "labels": {"pages": "benchmark"}}, "data": {%s}}
    """
        .formatted(number, data);
  }

  private static String source(String name, String bot) {
    return """
    {"apiVersion": "okchat.ai/v1alpha1", "kind": "KnowledgeSource", "metadata": {"name": "%s"},
     "spec": {"chatbotRef": {"name": "%s"},
              "configMap": {"selector": {"matchLabels": {"pages": "benchmark"}}}}}
    """
        .formatted(name, bot);
  }

  private static String text(int number) {
    var line = "Page %d says something about our products that no one knew. ".formatted(number);
    return line.repeat(BYTES / line.length());
  }
}
