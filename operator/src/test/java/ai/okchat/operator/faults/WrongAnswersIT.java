package ai.okchat.operator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.testing.Backend;
import ai.okchat.operator.testing.World;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Thirteen wrong answers at each step in the life of a bot, all at once in one cluster. */
final class WrongAnswersIT {

  @RegisterExtension final World world = new World();

  @Test
  @DisplayName(
      "T2 T5 T10 T20 T21 T22 B8: any wrong answer at any step passes without harm, and heals by"
          + " itself")
  void noWrongAnswerDoesHarm(TestInfo test) throws InterruptedException {
    // Given
    world.storeKey(Backend.API_KEY);

    // When
    var injected = new AtomicInteger();
    var failed = new ConcurrentSkipListMap<String, Throwable>();
    try (var ordeals = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var wrong : WrongAnswer.values()) {
        ordeals.execute(
            () -> {
              try (var ordeal = new Ordeal(world, wrong)) {
                injected.addAndGet(ordeal.suffer());
              } catch (Throwable e) {
                failed.put(wrong.label(), e);
              }
            });
      }
    }

    // Then
    assertThat(failed).isEmpty();
    FaultReport.record(
        test, injected.get(), "extra bots 0, lost bots 0, dropped finalizers 0, stuck objects 0");
  }
}
