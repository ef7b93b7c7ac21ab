package ai.okchat.operator.shard;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.testing.OperatorFixture;
import ai.okchat.operator.testing.OperatorProcess;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Operators of two shards as processes, each with a Lease of its own; one of them is killed. */
final class ShardProcessesIT {

  private static final int BOTS = 20;

  @RegisterExtension final OperatorFixture world = new OperatorFixture();

  @Test
  void killedShardBlocksNoOtherAndDuplicatesNothing() {
    // Given
    world.stopOperator();
    world.connectBackend();
    try (var unnamed = OperatorProcess.startIn(world, "--leader-election");
        var north = OperatorProcess.startIn(world, "--leader-election", "--shard=north")) {
      awaitLeases();

      // When
      names("north").forEach(bot -> world.applyChatbotTo("north", bot));
      Awaitility.await("a first create")
          .atMost(OperatorFixture.PATIENCE)
          .until(() -> world.backend().count("create-chatbot") > 0);
      north.kill();
      names("rest").forEach(world::applyChatbot);
      names("rest").forEach(world::awaitReady);

      // Then
      assertThat(unnamed.isAlive()).isTrue();
      assertThat(world.backend().bots().size()).isBetween(BOTS + 1, 2 * BOTS);
      try (var _ = OperatorProcess.startIn(world, "--leader-election", "--shard=north")) {
        names("north").forEach(world::awaitReady);
        assertThat(Stream.concat(names("north"), names("rest")).map(world::awaitId))
            .doesNotHaveDuplicates();
        assertThat(world.backend().bots()).hasSize(2 * BOTS);
      }
    }
  }

  private static Stream<String> names(String prefix) {
    return IntStream.range(0, BOTS).mapToObj(index -> prefix + "-" + index);
  }

  private void awaitLeases() {
    Awaitility.await("both Leases")
        .atMost(OperatorFixture.PATIENCE)
        .until(
            () ->
                world
                    .kubernetes()
                    .leases()
                    .inNamespace(world.namespace())
                    .list()
                    .getItems()
                    .stream()
                    .map(lease -> lease.getMetadata().getName())
                    .sorted()
                    .toList()
                    .equals(List.of("okchat-operator", "okchat-operator-north")));
  }
}
