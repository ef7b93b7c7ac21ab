package ai.okchat.operator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.testing.ApiServerWrites;
import ai.okchat.operator.testing.OperatorFixture;
import ai.okchat.operator.testing.OperatorProcess;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Specs with long texts, of which no informer keeps a copy. */
final class LargeSpecsIT {

  private static final int SOURCES = 150;
  private static final int CHATBOTS = 100;
  private static final int LONGEST_PROMPT = 131_072;
  private static final int LONG_DOCUMENT = 240_000;

  /** The heap of the chart's Pod has 225 MiB, and the specs need more. */
  private static final long SMALL = 64L << 20;

  @RegisterExtension final OperatorFixture world = new OperatorFixture();

  @Test
  @DisplayName("T65: long prompts and documents reach the bot complete, and are not sent again")
  void syncsLongTextsCompletely() {
    // Given
    world.connectBackend();
    var prompt = "Prompt ".repeat(10_000).strip();
    var text = "Text ".repeat(40_000).strip();
    apply(prompt, text);
    var id = world.awaitId("support");
    awaitDocument(id, text);
    var sent = world.backend().bot(id).at("/settings/prompt").asText();
    world.awaitPolls(2);

    // When
    world.stopOperator();
    world.backend().clearJournal();
    var writes = ApiServerWrites.of(world).size();
    world.startOperator();
    world.awaitPolls(3);

    // Then
    assertThat(sent).isEqualTo(prompt);
    assertThat(world.backend().endpoints()).allMatch("list-knowledge"::equals);
    assertThat(ApiServerWrites.of(world)).hasSize(writes);

    // And edits of texts that no informer keeps are applied.
    apply(prompt + "!", text + "!");
    world.awaitReady("support");
    awaitDocument(id, text + "!");
    assertThat(world.backend().bot(id).at("/settings/prompt").asText()).isEqualTo(prompt + "!");
  }

  @Test
  @DisplayName("T65: specs that are larger than the heap stop neither the process nor its start")
  void startsBesideLargeSpecs(TestInfo test, TestReporter reporter) {
    // Given
    world.stopOperator();
    world.connectBackend();
    world.applyChatbot("support", "greeting: Hello");
    createLargeSpecs();

    // When
    try (var operator = OperatorProcess.startAsPod(world.namespace(), Set.of(world.namespace()))) {
      Awaitility.await("Chatbot support")
          .atMost(OperatorFixture.PATIENCE)
          .until(() -> !operator.isAlive() || OperatorFixture.isReady(world.chatbot("support")));

      // Then
      assertThat(operator.isAlive()).as(operator.output()).isTrue();
      var live = operator.liveBytes();
      reporter.publishEntry("bytes on the heap", Long.toString(live));
      assertThat(live).isLessThan(SMALL);
    }
    deleteLargeSpecs();
    FaultReport.record(
        test,
        1,
        "KnowledgeSources %d, Chatbots %d, processes ended 0".formatted(SOURCES, CHATBOTS));
  }

  private void createLargeSpecs() {
    var chatbot =
        Serialization.unmarshal(
            """
            apiVersion: okchat.ai/v1alpha1
            kind: Chatbot
            spec: {name: Large, suspend: true, prompt: '%s'}
            """
                .formatted("봇".repeat(LONGEST_PROMPT)),
            Chatbot.class);
    var documents =
        IntStream.range(0, 6)
            .mapToObj(
                number ->
                    "{name: document-%d, text: '%s'}".formatted(number, "t".repeat(LONG_DOCUMENT)))
            .collect(Collectors.joining(", "));
    var source =
        Serialization.unmarshal(
            """
            apiVersion: okchat.ai/v1alpha1
            kind: KnowledgeSource
            spec: {chatbotRef: {name: absent}, documents: [%s]}
            """
                .formatted(documents),
            KnowledgeSource.class);
    try (var threads = Executors.newFixedThreadPool(3)) {
      for (var number = 0; number < CHATBOTS; number++) {
        var large = new Chatbot();
        large.setMetadata(new ObjectMetaBuilder().withName("large-" + number).build());
        large.setSpec(chatbot.getSpec());
        threads.execute(() -> create(large));
      }
      for (var number = 0; number < SOURCES; number++) {
        var large = new KnowledgeSource();
        large.setMetadata(new ObjectMetaBuilder().withName("large-" + number).build());
        large.setSpec(source.getSpec());
        threads.execute(() -> create(large));
      }
    }
  }

  /** By name: a list of them would be hundreds of megabytes. */
  private void deleteLargeSpecs() {
    IntStream.range(0, SOURCES).forEach(number -> world.sources("large-" + number).delete());
    IntStream.range(0, CHATBOTS).forEach(number -> world.chatbots("large-" + number).delete());
  }

  private void create(HasMetadata object) {
    world.kubernetes().resource(object).inNamespace(world.namespace()).create();
  }

  private void apply(String prompt, String text) {
    world.applyChatbot("support", "prompt: " + prompt);
    world.apply(
        """
        apiVersion: okchat.ai/v1alpha1
        kind: KnowledgeSource
        metadata: {name: docs}
        spec:
          chatbotRef: {name: support}
          documents: [{name: hours, text: '%s'}]
        """
            .formatted(text));
  }

  private void awaitDocument(String botId, String text) {
    Awaitility.await("document of %d characters".formatted(text.length()))
        .atMost(OperatorFixture.PATIENCE)
        .until(() -> world.backend().texts(botId).equals(List.of(text)) && isSourceSettled());
  }

  private boolean isSourceSettled() {
    var source = world.sources("docs").get();
    return "1/1".equals(source.getStatus().progress())
        && Objects.equals(
            source.getMetadata().getGeneration(), source.getStatus().observedGeneration());
  }
}
