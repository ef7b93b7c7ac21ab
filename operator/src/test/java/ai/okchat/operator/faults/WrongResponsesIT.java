package ai.okchat.operator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.testing.Backend;
import ai.okchat.operator.testing.OperatorFixture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Thirteen wrong responses at each step of the lifecycle of a bot, all at once in one cluster. */
final class WrongResponsesIT {

  @RegisterExtension final OperatorFixture world = new OperatorFixture();

  @Test
  @DisplayName(
      "T2 T5 T10 T20 T21 T22 B8: after any wrong response at any step the operator recovers by"
          + " itself, without harm")
  void recoversFromEachWrongResponse(TestInfo test) throws InterruptedException {
    // Given
    world.storeKey(Backend.API_KEY);

    // When
    var injected = new AtomicInteger();
    var failed = new ConcurrentSkipListMap<String, Throwable>();
    try (var ordeals = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var wrong : WrongResponse.values()) {
        ordeals.execute(
            () -> {
              try (var ordeal = new FaultScenario(world, wrong)) {
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
