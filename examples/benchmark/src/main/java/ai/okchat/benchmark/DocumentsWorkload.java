package ai.okchat.benchmark;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Many documents into one source. */
record DocumentsWorkload(TestBed bed, Report report) {

  private static final int BYTES = 10_000;
  private static final int IN_ONE_MAP = 80;
  private static final int UPLOADERS = 8;
  private static final double LEAST = 0.8;

  void run(OperatorRun operator, int documents) {
    var work = "%,d documents".formatted(documents);
    report.say(work + " of 10 KB into one source");
    ProcessorTime.awaitRest();
    var idle = ProcessorTime.now();
    var bareBefore = bare(documents);
    tellProcessors(work + ", by the bare client", idle);
    var maps = (documents + IN_ONE_MAP - 1) / IN_ONE_MAP;
    for (var map = 0; map < maps; map++) {
      bed.api()
          .create(
              "/api/v1/namespaces/%s/configmaps".formatted(TestBed.WATCHED),
              configMap(map, map * IN_ONE_MAP, Math.min(documents, (map + 1) * IN_ONE_MAP)));
    }
    var before = operator.mebibytes();
    try (var watch = ReadyWatch.openOne(bed.api(), TestBed.WATCHED, "knowledgesources", "pages")) {
      ProcessorTime.awaitRest();
      bed.backend().forgetCalls();
      var waiting = ProcessorTime.now();
      var at = Instant.now();
      var begin = System.nanoTime();
      bed.api().create(Manifests.API + TestBed.WATCHED + "/knowledgesources", source());
      var time = Duration.ofNanos(watch.await("pages") - begin);
      tellProcessors(work + ", by the operator", waiting);
      tellUploads(work, at);
      var grown = operator.mebibytes() - before;
      ProcessorTime.awaitRest();
      var bare = bareBefore.plus(bare(documents)).dividedBy(2);
      tell(work, time, bare, grown);
    }
  }

  private void tell(String work, Duration time, Duration bare, long grown) {
    report.add(
        Figure.compared(work, "until the source is Ready", seconds(time), seconds(bare), LEAST));
    report.add(Figure.told(work, "resident memory more than before", grown + " MiB"));
  }

  private void tellProcessors(String work, ProcessorTime before) {
    report.add(Figure.told(work, "processor seconds", ProcessorTime.now().since(before)));
  }

  private void tellUploads(String work, Instant begin) {
    var uploads = bed.backend().calls("upload-knowledge");
    report.add(
        Figure.told(
            work + ", by the operator",
            "until the first upload and until the last",
            "%.2f s, %.2f s"
                .formatted(
                    seconds(Duration.between(begin, uploads.getFirst().at())),
                    seconds(Duration.between(begin, uploads.getLast().at())))));
  }

  private static double seconds(Duration time) {
    return Spread.millis(time) / 1_000;
  }

  private Duration bare(int documents) {
    var id = bed.backend().create("documents");
    return Workers.each(
        UPLOADERS, 1, documents, it -> bed.backend().upload(id, "page-" + it + ".md", text(it)));
  }

  private static String configMap(int number, int from, int to) {
    var data =
        IntStream.range(from, to)
            .mapToObj(it -> "\"page-%d.md\": \"%s\"".formatted(it, text(it)))
            .collect(Collectors.joining(", "));
    return """
    {"apiVersion": "v1", "kind": "ConfigMap",
     "metadata": {"name": "pages-%d", "labels": {"pages": "benchmark"}}, "data": {%s}}
    """
        .formatted(number, data);
  }

  private static String source() {
    return """
    {"apiVersion": "okchat.ai/v1alpha1", "kind": "KnowledgeSource", "metadata": {"name": "pages"},
     "spec": {"chatbotRef": {"name": "bot-1"},
              "configMap": {"selector": {"matchLabels": {"pages": "benchmark"}}}}}
    """;
  }

  private static String text(int number) {
    var line = "Page %d says something about our products that nobody knew. ".formatted(number);
    return line.repeat(BYTES / line.length());
  }
}
