package ai.okchat.operator.scheduling;

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
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class PriorityReconcileExecutorTest {

  private final CountDownLatch busy = new CountDownLatch(1);
  private final List<String> begun = Collections.synchronizedList(new ArrayList<>());

  @Test
  void ordersInteractiveBeforeNewBeforeBackground() throws InterruptedException {
    // Given
    try (var queue = new PriorityReconcileExecutor(1)) {
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
  void runsUnannouncedReconciliationAtOnce() throws InterruptedException {
    // Given
    try (var queue = new PriorityReconcileExecutor(1)) {
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

  @Test
  void keepsAQuarterOfTheThreadsForInteractive() throws InterruptedException {
    // Given
    try (var queue = new PriorityReconcileExecutor(4)) {
      for (var number = 1; number <= 4; number++) {
        submit(queue, fresh("new-" + number), this::work);
      }
      Awaitility.await("three under way").until(() -> begun.size() == 3);

      // When
      submit(queue, reported("edited", 2, 1));
      Awaitility.await("the edit").until(() -> begun.contains("edited"));
      var whileBusy = List.copyOf(begun);
      busy.countDown();
      queue.shutdown();
      assertThat(queue.awaitTermination(10, TimeUnit.SECONDS)).isTrue();

      // Then
      assertThat(whileBusy).hasSize(4).doesNotContain("new-4");
      assertThat(begun).hasSize(5).endsWith("new-4");
    }
  }

  @Test
  void interactiveMayUseAllThreads() {
    // Given
    try (var queue = new PriorityReconcileExecutor(4)) {

      // When
      for (var number = 1; number <= 5; number++) {
        submit(queue, reported("edited-" + number, 2, 1), this::work);
      }

      // Then
      Awaitility.await("four under way").until(() -> begun.size() == 4);
      busy.countDown();
    }
    assertThat(begun).hasSize(5);
  }

  @Test
  void runsOthersWhenAReconciliationThrows() {
    // Given
    try (var queue = new PriorityReconcileExecutor(4)) {
      for (var number = 1; number <= 3; number++) {
        submit(queue, fresh("broken-" + number), this::workAndThrow);
      }
      Awaitility.await("three under way").until(() -> begun.size() == 3);
      submit(queue, fresh("new-1"));
      submit(queue, fresh("new-2"));

      // When
      busy.countDown();

      // Then
      Awaitility.await("the others")
          .dontCatchUncaughtExceptions()
          .until(() -> begun.containsAll(List.of("new-1", "new-2")));
    }
  }

  @Test
  void dropsWaitingReconciliationsOnShutdown() throws InterruptedException {
    // Given
    try (var queue = new PriorityReconcileExecutor(1)) {
      submit(queue, fresh("under-way"), this::work);
      submit(queue, fresh("new"));
      Awaitility.await("the first").until(() -> begun.size() == 1);

      // When
      queue.shutdownNow();

      // Then
      assertThat(queue.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
      assertThat(begun).containsExactly("under-way");
    }
  }

  private void submit(PriorityReconcileExecutor queue, HasMetadata object) {
    submit(queue, object, () -> {});
  }

  private void submit(PriorityReconcileExecutor queue, HasMetadata object, Runnable rest) {
    queue.reconciliationSubmitted(object, null, Map.of());
    queue.execute(
        () -> {
          begun.add(object.getMetadata().getName());
          rest.run();
        });
  }

  private void workAndThrow() {
    work();
    throw new IllegalStateException("broken");
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
            observed,
            List.of(ready),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            List.of()));
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
