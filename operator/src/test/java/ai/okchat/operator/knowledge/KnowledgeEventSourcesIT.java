package ai.okchat.operator.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.testing.OperatorFixture;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Wherever documents come from, a change to them is the same few calls. */
final class KnowledgeEventSourcesIT {

  @RegisterExtension final OperatorFixture world = new OperatorFixture();

  private final KnowledgeFixture knowledge = new KnowledgeFixture(world);
  private final Publishers publishers = new Publishers(knowledge);
  private String bot = "";
  private int refreshes;

  @BeforeEach
  void makeABot() {
    bot = knowledge.readyBot("support");
  }

  @AfterEach
  void stop() {
    publishers.close();
  }

  @ParameterizedTest
  @EnumSource
  void changeRenameAddAndRemoveAreOneRequestEach(Publishers.Kind kind) {
    // Given
    var publisher = publishers.of(kind);
    publisher.publish(Map.of("a", "one", "b", "two", "c", "three", "d", "four"));
    refresh();
    world.backend().clearJournal();

    // When
    publisher.publish(Map.of("a", "ONE", "bee", "two", "c", "three", "e", "five"));
    refresh();

    // Then
    assertThat(knowledge.writes())
        .containsExactly(
            "delete-knowledge", "update-knowledge", "update-knowledge", "upload-knowledge");
    assertThat(knowledge.contents(bot).values())
        .containsExactlyInAnyOrder("ONE", "two", "three", "five");
  }

  @ParameterizedTest
  @EnumSource
  void writesNothingWhenTheSourceIsUnchanged(Publishers.Kind kind) {
    // Given
    publishers.of(kind).publish(Map.of("a", "one", "b", "two"));
    refresh();
    world.backend().clearJournal();

    // When
    refresh();
    refresh();

    // Then
    assertThat(knowledge.writes()).isEmpty();
    assertThat(knowledge.contents(bot).values()).containsExactlyInAnyOrder("one", "two");
  }

  /** Requests a refresh, and waits until the bot has the content of the source. */
  private void refresh() {
    var request = "refresh-" + ++refreshes;
    knowledge
        .sources(Publishers.SOURCE)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\": {\"annotations\": {\"okchat.ai/refresh-requested-at\": \"%s\"}}}"
                .formatted(request));
    knowledge.await(
        Publishers.SOURCE,
        source ->
            KnowledgeFixture.isReady(source)
                && request.equals(source.getStatus().lastHandledRefreshAt()));
  }
}
