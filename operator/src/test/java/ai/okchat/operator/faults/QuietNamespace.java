package ai.okchat.operator.faults;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.testing.Backend;
import ai.okchat.operator.testing.OperatorFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Ten Chatbots and ten KnowledgeSources whose users edit one after the other, all the time. */
final class QuietNamespace {

  private static final int OBJECTS = 10;
  private static final Duration OFTEN = Duration.ofMillis(100);

  private final OperatorFixture world;
  private List<String> bots = List.of();
  private int edits;

  QuietNamespace(OperatorFixture world) {
    this.world = world;
  }

  /** Returns when all of them are Ready. */
  void create() {
    world.connectBackend();
    IntStream.range(0, OBJECTS).forEach(this::editChatbot);
    IntStream.range(0, OBJECTS).forEach(this::editSource);
    bots = IntStream.range(0, OBJECTS).mapToObj(number -> world.awaitId("bot-" + number)).toList();
    Awaitility.await("KnowledgeSources")
        .atMost(OperatorFixture.PATIENCE)
        .until(() -> world.sources().stream().allMatch(source -> "1/1".equals(progress(source))));
  }

  /** Edits until this is over; each edit waits for the one before it. */
  EditTimes edit(BooleanSupplier isOver) throws InterruptedException, ExecutionException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var chatbots = threads.submit(() -> times(isOver, this::editChatbot, "update-chatbot"));
      var sources = threads.submit(() -> times(isOver, this::editSource, "update-knowledge"));
      return EditTimes.of(Stream.concat(chatbots.get().stream(), sources.get().stream()));
    }
  }

  private List<Duration> times(BooleanSupplier isOver, IntConsumer edit, String endpoint) {
    var times = new ArrayList<Duration>();
    var known = 0L;
    for (var number = 0; !isOver.getAsBoolean(); number = (number + 1) % OBJECTS) {
      var begin = Instant.now();
      edit.accept(number);
      var request = await(endpoint, number, known, begin);
      times.add(Duration.between(begin, request.at()));
      known = request.seq();
    }
    return times;
  }

  private Backend.Request await(String endpoint, int number, long known, Instant begin) {
    return Awaitility.await("%s of bot-%d".formatted(endpoint, number))
        .atMost(OperatorFixture.PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(OFTEN)
        .until(
            () ->
                world.backend().requestsSince(known).stream()
                    .filter(request -> request.endpoint().equals(endpoint))
                    .filter(request -> !request.at().isBefore(begin))
                    .filter(request -> request.chatbotId().equals(bots.get(number)))
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  private void editChatbot(int number) {
    world.applyChatbot("bot-" + number, "greeting: Edit " + next());
  }

  private void editSource(int number) {
    world.apply(
        """
        apiVersion: okchat.ai/v1alpha1
        kind: KnowledgeSource
        metadata: {name: source-%d}
        spec:
          chatbotRef: {name: bot-%d}
          documents: [{name: hours, text: 'Edit %d.'}]
        """
            .formatted(number, number, next()));
  }

  private synchronized int next() {
    return ++edits;
  }

  private static String progress(KnowledgeSource source) {
    return source.getStatus() == null || source.getStatus().progress() == null
        ? ""
        : source.getStatus().progress();
  }
}
