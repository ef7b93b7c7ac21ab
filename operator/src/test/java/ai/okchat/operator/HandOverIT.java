package ai.okchat.operator;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.testing.OperatorFixture;
import ai.okchat.operator.testing.OperatorProcess;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two replicas as processes: the one that works is killed, and the other goes on. */
final class HandOverIT {

  private static final int BOTS = 40;

  @RegisterExtension final OperatorFixture world = new OperatorFixture();

  @Test
  void createsEachBotOnceWhenTheLeaderIsKilledDuringCreates() {
    // Given
    world.stopOperator();
    world.connectBackend();
    try (var first = OperatorProcess.startIn(world, "--leader-election")) {
      awaitWork();
      try (var second = OperatorProcess.startIn(world, "--leader-election")) {
        var leader = holder();

        // When
        names(0, BOTS / 2).forEach(world::applyChatbot);
        Awaitility.await("a first create")
            .atMost(OperatorFixture.PATIENCE)
            .until(() -> world.backend().count("create-chatbot") > 0);
        first.kill();
        var createdByFirst = world.backend().bots().size();
        names(BOTS / 2, BOTS).forEach(world::applyChatbot);
        names(0, BOTS).forEach(world::awaitReady);

        // Then
        assertThat(createdByFirst).isBetween(1, BOTS / 2);
        assertThat(world.backend().bots()).hasSize(BOTS);
        assertThat(names(0, BOTS).map(world::awaitId)).doesNotHaveDuplicates();
        assertThat(holder()).isNotEqualTo(leader);
        assertThat(second.isAlive()).isTrue();
      }
    }
  }

  private static Stream<String> names(int from, int to) {
    return IntStream.range(from, to).mapToObj(index -> "bot-" + index);
  }

  private String holder() {
    return world
        .kubernetes()
        .leases()
        .inNamespace(world.namespace())
        .withName("okchat-operator")
        .get()
        .getSpec()
        .getHolderIdentity();
  }

  private void awaitWork() {
    Awaitility.await("a first poll")
        .atMost(OperatorFixture.PATIENCE)
        .until(() -> world.backend().count("list-chatbots") > 0);
  }
}
