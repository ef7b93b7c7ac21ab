package ai.okchat.operator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.status.Reason;
import ai.okchat.operator.testing.ApiServerWrites;
import ai.okchat.operator.testing.OperatorFixture;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Requests to a backend that is down, and the cost of its outage for the cluster. */
final class OutageIT {

  private static final List<String> NAMES =
      IntStream.rangeClosed(1, 30).mapToObj(index -> "bot-" + index).toList();

  @RegisterExtension final OperatorFixture world = new OperatorFixture();

  @BeforeEach
  void connect() {
    world.connectBackend();
    world.awaitBackendReason(Reason.Ready);
  }

  @Test
  @DisplayName(
      "T18 T21 T23: an outage, and a restart in it, cause no write to bots that are in sync")
  void outageCausesNoWrites(TestInfo test) {
    // Given
    NAMES.forEach(name -> world.applyChatbot(name, "greeting: Hello"));
    NAMES.forEach(world::awaitReady);
    var before = writesAboutChatbots();

    // When
    world.backend().fault("*", "status", Map.of("status", 503));
    world.awaitBackendReason(Reason.BackendUnavailable);
    world.awaitPolls(2);
    world.stopOperator();
    world.startOperator();
    world.awaitPolls(3);

    // Then
    assertThat(writesAboutChatbots()).isEqualTo(before);

    // And when it is over, all goes on.
    world.backend().clearFaults();
    world.awaitBackendReason(Reason.Ready);
    world.applyChatbot("bot-1", "greeting: Good day");
    world.awaitReady("bot-1");
    assertThat(writesAboutChatbots()).hasSize(before.size() + 1);
    FaultReport.record(test, 1, "Chatbots 30, bots 30, writes in the outage 0");
  }

  @Test
  @DisplayName("T19 T20: a request that always fails is retried with backoff, and reported once")
  void attemptsFollowTheBackoff(TestInfo test) {
    // Given
    world.applyChatbot("support", "greeting: Hello");
    world.awaitReady("support");
    world.backend().fault("update-chatbot", "status", Map.of("status", 500, "times", 1));
    world.backend().fault("update-chatbot", "cut-before", Map.of("times", 1));
    world.backend().fault("update-chatbot", "status", Map.of("status", 502));
    var before = writesAboutChatbots().size();

    // When
    world.applyChatbot("support", "greeting: Good day");
    world.awaitReason("support", Reason.BackendUnavailable);
    world.awaitPolls(8);

    // Then: at 0, 1, 3 and 7 seconds, give or take a fifth.
    assertThat(world.backend().count("update-chatbot")).isBetween(3L, 6L);
    assertThat(writesAboutChatbots()).hasSize(before + 1);
    FaultReport.record(test, 1, "attempts in 8 s at most 6, status writes 1");
  }

  @Test
  @DisplayName("T20 T23: a backend that fails under 30 edits gets a few requests, then only lists")
  void limitsRequestsToABackendThatIsDown(TestInfo test) {
    // Given
    NAMES.forEach(name -> world.applyChatbot(name, "greeting: Hello"));
    NAMES.forEach(world::awaitReady);
    world.backend().fault("*", "status", Map.of("status", 503));
    world.awaitBackendReason(Reason.BackendUnavailable);
    world.backend().clearJournal();

    // When
    NAMES.forEach(name -> world.applyChatbot(name, "greeting: Good day"));
    NAMES.forEach(name -> world.awaitReason(name, Reason.BackendUnavailable));
    world.awaitPolls(4);

    // Then: five in a row, and what was under way on ten threads.
    assertThat(world.backend().calls()).hasSizeLessThanOrEqualTo(15);

    // And the first good list lets all of them go on.
    world.backend().clearFaults();
    NAMES.forEach(world::awaitReady);
    FaultReport.record(test, 1, "Chatbots 30, bots 30, calls beside the polls at most 15");
  }

  private List<String> writesAboutChatbots() {
    return ApiServerWrites.of(world).stream().filter(write -> write.contains(" chatbots")).toList();
  }
}
