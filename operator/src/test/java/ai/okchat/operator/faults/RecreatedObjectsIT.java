package ai.okchat.operator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.testing.OperatorFixture;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Objects that are removed and created again with the same name while a request runs. */
final class RecreatedObjectsIT {

  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
  private static final Map<String, Object> SLOW = Map.of("delayMillis", 1_500, "times", 1);

  @RegisterExtension final OperatorFixture world = new OperatorFixture();

  @Test
  @DisplayName("T100: a new Chatbot with the name of a removed one gets no status of that one")
  void chatbotGetsNoStatusOfTheRemovedOne(TestInfo test) {
    // Given
    world.connectBackend();
    world.backend().fault("create-chatbot", "delay", SLOW);
    world.applyChatbot("support", "slug: first");
    world.await(
        "support",
        chatbot -> chatbot.getMetadata().getAnnotations().containsKey("okchat.ai/claim"));

    // When
    remove(world.chatbots("support"));
    world.applyChatbot("support", "slug: second");

    // Then
    var chatbot = world.awaitReady("support");
    assertThat(chatbot.getMetadata().getFinalizers()).containsExactly("okchat.ai/finalizer");
    assertThat(world.backend().bot(OperatorFixture.idOf(chatbot)).path("slug").asText())
        .isEqualTo("second");
    FaultReport.record(test, 1, "objects with the status of another 0");
  }

  @Test
  @DisplayName("T100: a new KnowledgeSource with the name of a removed one is ingested")
  void sourceGetsNoStatusOfTheRemovedOne(TestInfo test) {
    // Given
    world.connectBackend();
    world.applyChatbot("support");
    var bot = world.awaitId("support");
    world.backend().fault("upload-knowledge", "delay", SLOW);
    apply("First.");
    Awaitility.await("the upload")
        .atMost(OperatorFixture.PATIENCE)
        .until(() -> !world.sources("hours").get().getFinalizers().isEmpty());

    // When
    remove(world.sources("hours"));
    apply("Second.");

    // Then
    Awaitility.await("the document")
        .atMost(OperatorFixture.PATIENCE)
        .until(() -> isIngested(world.sources("hours").get()));
    assertThat(world.sources("hours").get().getFinalizers()).containsExactly("okchat.ai/finalizer");
    assertThat(world.backend().texts(bot)).anyMatch(text -> text.contains("Second."));
    FaultReport.record(test, 1, "objects with the status of another 0");
  }

  private static boolean isIngested(KnowledgeSource source) {
    return source.getStatus() != null && "1/1".equals(source.getStatus().progress());
  }

  private <P extends HasMetadata> void remove(Resource<P> object) {
    object.delete();
    object.patch(MERGE, "{\"metadata\": {\"finalizers\": null}}");
    assertThat(object.get()).isNull();
  }

  private void apply(String text) {
    world.applySource("hours", "documents: [{name: hours, text: '%s'}]".formatted(text));
  }
}
