package ai.okchat.operator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.operator.faults.CrashPoints.Point;
import ai.okchat.operator.testing.OperatorFixture;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The operator stopped at every call that it makes for a bot, before it and after it. */
final class CrashPointsIT {

  /** More than any life's step has: the last one lives, which shows that none was left out. */
  private static final int MOST_CALLS = 9;

  private static final List<Point> POINTS =
      Stream.of(true, false)
          .flatMap(
              before -> IntStream.rangeClosed(1, MOST_CALLS).mapToObj(n -> new Point(before, n)))
          .toList();

  private static final String PICTURE =
      """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: pictures}
      data: {a.svg: "<svg xmlns='http://www.w3.org/2000/svg'/>"}
      """;

  @RegisterExtension final OperatorFixture world = new OperatorFixture();

  private final CrashPoints crashes = new CrashPoints();
  private int operators;

  @Test
  @DisplayName(
      "T1 T2 T12: an operator that ends at any call of create, update or delete loses no bot")
  void losesNoBotAtAnyCrashPoint(TestInfo test) {
    // Given
    world.backend().flip("slugTakenStatus", "accept-with-suffix");
    world.connectBackend();
    world.apply(PICTURE);
    var foreign = world.backend().createInDashboard(Map.of("name", "Theirs", "slug", "theirs"));

    // When
    change(
        point -> applyChatbot(point, "Hello"),
        chatbot -> chatbot != null && OperatorFixture.isReady(chatbot));
    var created = ids();
    created.forEach(
        id -> world.backend().changeInDashboard(id, Map.of("settings", Map.of("theirs", "kept"))));
    change(
        point -> applyChatbot(point, "Good day"),
        chatbot -> chatbot != null && OperatorFixture.isReady(chatbot));
    var updated = ids();
    var settings = ofOurs("settings");
    change(point -> world.chatbots(point.name()).delete(), chatbot -> chatbot == null);

    // Then
    assertThat(updated).containsExactlyElementsOf(created);
    assertThat(settings)
        .hasSize(POINTS.size())
        .allSatisfy(
            setting -> {
              assertThat(setting.path("greeting").asText()).isEqualTo("Good day");
              assertThat(setting.path("theirs").asText()).isEqualTo("kept");
              assertThat(setting.path("avatar").asText()).isNotEmpty();
            });
    assertThat(world.backend().bots()).containsExactly(foreign);
    FaultReport.record(
        test,
        3 * POINTS.size(),
        "bots per Chatbot 1, orphans 0, foreign bots changed 0, lost settings 0");
  }

  /** The change under an operator that dies of it; then another one has what was stored. */
  private void change(Consumer<Point> change, Predicate<@Nullable Chatbot> isDone) {
    startOperator(true);
    POINTS.forEach(change);
    await(point -> crashes.died(point) || isDone.test(world.chatbots(point.name()).get()));
    var died = POINTS.stream().filter(crashes::died).toList();
    assertThat(died).allMatch(point -> point.call() < MOST_CALLS);
    startOperator(false);
    await(point -> isDone.test(world.chatbots(point.name()).get()));
    assertThat(ofOurs("id")).hasSize((int) remaining());
  }

  /** Each starts later than the one before by more than any wait for a bot that may appear. */
  private void startOperator(boolean deadly) {
    world.stopOperator();
    crashes.startAnew(deadly);
    var later = Duration.ofMinutes(3L * operators++);
    world.startOperator(Clock.offset(Clock.systemUTC(), later), crashes);
  }

  private void applyChatbot(Point point, String greeting) {
    world.applyChatbot(
        point.name(),
        "name: " + point.name(),
        "greeting: " + greeting,
        "avatar: {configMapKeyRef: {name: pictures, key: a.svg}}",
        "voiceAgent: {text: {startCall: %s}}".formatted(greeting),
        "chatWidget: {slogan: %s}".formatted(greeting));
  }

  private static void await(Predicate<Point> condition) {
    POINTS.forEach(
        point ->
            Awaitility.await(point.name())
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> condition.test(point)));
  }

  private long remaining() {
    return POINTS.stream().filter(point -> world.chatbots(point.name()).get() != null).count();
  }

  /** By status, in the order of the points. */
  private List<String> ids() {
    return POINTS.stream().map(point -> world.chatbot(point.name()).getStatus().id()).toList();
  }

  private List<JsonNode> ofOurs(String field) {
    return world.backend().bots().stream()
        .filter(bot -> !bot.path("slug").asText().equals("theirs"))
        .map(bot -> bot.path(field))
        .toList();
  }
}
