package ai.okchat.operator;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.ChatbotBackend;
import ai.okchat.api.v1alpha1.ChatbotStatus;
import ai.okchat.operator.status.ConditionType;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PassQueueTest {

  private final CountDownLatch busy = new CountDownLatch(1);
  private final List<String> begun = Collections.synchronizedList(new ArrayList<>());

  @Test
  void what_people_wait_for_goes_before_what_is_new_and_that_before_the_rest()
      throws InterruptedException {
    // Given
    try (var queue = new PassQueue(1)) {
      queue.execute(this::work);

      // When
      submit(queue, reported("settled-1", 1, 1));
      submit(queue, fresh("new-1"));
      submit(queue, fresh("new-2"));
      submit(queue, reported("edited", 2, 1));
      submit(queue, reported("settled-2", 1, 1));
      submit(queue, going("going"));
      submit(queue, backend("backend"));
      busy.countDown();
      queue.shutdown();
      assertThat(queue.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    // Then
    assertThat(begun)
        .containsExactly("edited", "going", "backend", "new-1", "new-2", "settled-1", "settled-2");
  }

  @Test
  void a_pass_that_was_not_announced_does_not_wait_for_others() throws InterruptedException {
    // Given
    try (var queue = new PassQueue(1)) {
      queue.execute(this::work);

      // When
      submit(queue, fresh("new"));
      queue.execute(() -> begun.add("of nobody"));
      busy.countDown();
      queue.shutdown();
      assertThat(queue.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    // Then
    assertThat(begun).containsExactly("of nobody", "new");
  }

  private void submit(PassQueue queue, HasMetadata object) {
    queue.reconcileCustomResource(object, null, Map.of());
    queue.execute(() -> begun.add(object.getMetadata().getName()));
  }

  private void work() {
    try {
      busy.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Chatbot fresh(String name) {
    var chatbot = new Chatbot();
    chatbot.setMetadata(new ObjectMetaBuilder().withName(name).withGeneration(1L).build());
    return chatbot;
  }

  private static Chatbot reported(String name, long generation, long observed) {
    var chatbot = fresh(name);
    chatbot.getMetadata().setGeneration(generation);
    var ready =
        new ConditionBuilder()
            .withType(ConditionType.Ready.name())
            .withStatus("True")
            .withObservedGeneration(observed)
            .build();
    chatbot.setStatus(
        new ChatbotStatus(
            observed, List.of(ready), null, null, null, null, null, null, null, List.of()));
    return chatbot;
  }

  private static Chatbot going(String name) {
    var chatbot = reported(name, 1, 1);
    chatbot.getMetadata().setDeletionTimestamp("2026-11-25T00:00:00Z");
    return chatbot;
  }

  private static ChatbotBackend backend(String name) {
    var backend = new ChatbotBackend();
    backend.setMetadata(new ObjectMetaBuilder().withName(name).build());
    return backend;
  }
}
