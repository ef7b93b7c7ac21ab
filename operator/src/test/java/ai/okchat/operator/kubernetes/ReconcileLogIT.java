package ai.okchat.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.status.Reason;
import ai.okchat.operator.testing.Backend;
import ai.okchat.operator.testing.OperatorFixture;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/** Log of a run. */
final class ReconcileLogIT {

  private static final String PROMPT = "PLANTED-PROMPT-51c2 never say this";

  @RegisterExtension final OperatorFixture world = new OperatorFixture();

  private final Logger root = logger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Logger ours = logger("ai.okchat");
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

  @BeforeEach
  void listen() {
    logged.start();
    root.addAppender(logged);
  }

  @AfterEach
  void stopListening() {
    root.detachAppender(logged);
    ours.setLevel(null);
  }

  @Test
  void writesOneLineForEachChange() {
    // Given
    world.connectBackend();

    // When
    world.applyChatbot("support");
    var id = world.awaitId("support");
    world.applyChatbot("support", "greeting: Hello");
    world.awaitReady("support");
    world.backend().changeInDashboard(id, Map.of("name", "Somebody else's"));
    awaitLine("DriftCorrected");
    world.backend().refuseKey(Backend.API_KEY);
    world.applyChatbot("support", "greeting: Good day");
    world.awaitReason("support", Reason.CredentialsRejected);
    world.backend().acceptKey(Backend.API_KEY, "ours");
    world.awaitReady("support");
    world.chatbots("support").delete();
    world.awaitGone("support");

    // Then
    assertThat(linesOf("Chatbot", "support"))
        .containsExactly(
            "INFO generation 1 create Created",
            "INFO generation 1 report Ready",
            "INFO generation 2 update Updated",
            "WARN generation 2 update DriftCorrected",
            "WARN generation 3 report CredentialsRejected",
            "INFO generation 3 update Updated",
            "INFO generation 3 report Ready",
            "INFO generation 4 delete Deleted");
    assertThat(logged.list)
        .filteredOn(line -> value(line, "outcome").equals("Created"))
        .allSatisfy(line -> assertThat(value(line, "durationMillis")).matches("\\d+"))
        .allSatisfy(line -> assertThat(value(line, "namespace")).isEqualTo(world.namespace()));
  }

  @Test
  void writesNothingWithoutAChange() {
    // Given
    world.connectBackend();
    world.applyChatbot("support");
    world.awaitReady("support");
    world.awaitPolls(2);
    logged.list.clear();

    // When
    world.awaitPolls(3);

    // Then
    assertThat(List.copyOf(logged.list)).isEmpty();
  }

  @Test
  void debugExplainsDecisionsWithoutSecrets() {
    // Given
    ours.setLevel(Level.TRACE);
    world.connectBackend();

    // When
    world.applyChatbot("support", "prompt: " + PROMPT);
    var id = world.awaitId("support");
    world.backend().changeInDashboard(id, Map.of("name", "Somebody else's"));
    awaitLine("DriftCorrected");

    // Then
    var explained =
        List.copyOf(logged.list).stream()
            .filter(line -> line.getMessage().equals("Compared"))
            .map(line -> value(line, "differs") + " edited " + value(line, "edited"));
    assertThat(explained).contains("[name] edited false");
    assertThat(List.copyOf(logged.list))
        .allSatisfy(
            line ->
                assertThat(line.getFormattedMessage() + line.getKeyValuePairs())
                    .doesNotContain("PLANTED"));
  }

  private void awaitLine(String outcome) {
    Awaitility.await(outcome)
        .atMost(OperatorFixture.PATIENCE)
        .until(
            () ->
                List.copyOf(logged.list).stream()
                    .anyMatch(line -> value(line, "outcome").equals(outcome)));
  }

  /** At INFO and above, without what the framework says. */
  private List<String> linesOf(String kind, String name) {
    return List.copyOf(logged.list).stream()
        .filter(line -> line.getLevel().isGreaterOrEqual(Level.INFO))
        .filter(line -> value(line, "kind").equals(kind) && value(line, "name").equals(name))
        .map(
            line ->
                "%s generation %s %s %s"
                    .formatted(
                        line.getLevel(),
                        value(line, "generation"),
                        value(line, "action"),
                        value(line, "outcome")))
        .toList();
  }

  private static String value(ILoggingEvent line, String key) {
    return line.getKeyValuePairs() == null
        ? ""
        : line.getKeyValuePairs().stream()
            .filter(pair -> pair.key.equals(key))
            .map(pair -> String.valueOf(pair.value))
            .findFirst()
            .orElse("");
  }

  private static Logger logger(String name) {
    return (Logger) LoggerFactory.getLogger(name);
  }
}
