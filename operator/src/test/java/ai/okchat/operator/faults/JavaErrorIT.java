package ai.okchat.operator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.testing.OperatorFixture;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Reconciliations that end with a Java Error. */
final class JavaErrorIT {

  @RegisterExtension final OperatorFixture world = new OperatorFixture();

  @Test
  @DisplayName(
      "T79: an object whose reconciliation ends with an Error is Ready at the next attempt")
  void retriesAfterAJavaError() {
    // Given
    var errors = new AtomicInteger();
    world.stopOperator();
    world.startOperator(
        Clock.systemUTC(),
        chain -> {
          var isCreate =
              chain.request().method().equals("POST")
                  && chain.request().url().encodedPath().equals("/api/external/chatbots");
          if (isCreate && errors.getAndIncrement() == 0) {
            throw new StackOverflowError();
          }
          return chain.proceed(chain.request());
        });
    world.connectBackend();

    // When
    world.applyChatbot("support");

    // Then
    world.awaitReady("support");
    assertThat(errors).hasValue(2);
    assertThat(world.backend().bots()).hasSize(1);
  }
}
