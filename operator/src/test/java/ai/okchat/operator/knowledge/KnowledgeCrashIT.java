package ai.okchat.operator.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.testing.OperatorFixture;
import ai.okchat.operator.testing.OperatorProcess;
import ai.okchat.operator.testing.TestedOperator;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The operator is killed while it sends: no document is there twice or missing at the end. */
final class KnowledgeCrashIT {

  private static final int DOCUMENTS = 1_000;

  @RegisterExtension final OperatorFixture world = new OperatorFixture();

  private final KnowledgeFixture knowledge = new KnowledgeFixture(world);

  @Test
  @DisplayName(
      "T44: after three SIGKILLs during the upload of 1,000 documents each is listed exactly once")
  void listsEachOfThousandDocumentsOnceAfterThreeKills() {
    // Given
    var bot = knowledge.readyBot("support");
    world.stopOperator();
    var pages = new HashMap<String, String>();
    for (var i = 0; i < DOCUMENTS; i++) {
      pages.put("page-%04d.md".formatted(i), "This is page " + i);
    }
    knowledge.applyConfigMap("pages", pages);
    knowledge.apply("docs", "configMap: {name: pages}");

    // When
    var kills = 0;
    for (var part : List.of(100, 300, 500)) {
      try (var operator = OperatorProcess.startLaterIn(world, ahead(kills++))) {
        awaitDocuments(operator, bot, part);
        operator.kill();
      }
    }
    world.startOperator(Clock.offset(Clock.systemUTC(), ahead(kills)), TestedOperator.NO_FAULT);
    var ready = knowledge.awaitReady("docs");

    // Then
    assertThat(knowledge.titles(bot)).hasSize(DOCUMENTS).doesNotHaveDuplicates();
    assertThat(ready.getStatus().progress()).isEqualTo("1000/1000");
    assertThat(world.backend().count("upload-knowledge")).isEqualTo(DOCUMENTS);
  }

  /** Time to skip: the operator waits for an upload without a response, this test does not. */
  private static Duration ahead(int kills) {
    return Duration.ofMinutes(3).multipliedBy(kills);
  }

  private void awaitDocuments(OperatorProcess operator, String bot, int number) {
    Awaitility.await(number + " documents")
        .atMost(OperatorFixture.PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> !operator.isAlive() || knowledge.documents(bot).size() >= number);
    assertThat(operator.isAlive()).as(operator.output()).isTrue();
  }
}
