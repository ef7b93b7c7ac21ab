package ai.okchat.operator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.testing.World;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Passes that end with an Error of Java. */
final class JavaErrorIT {

  @RegisterExtension final World world = new World();

  @Test
  @DisplayName("T79: an object whose pass ends with an Error is Ready at the next attempt")
  void anErrorDoesNotStrandTheObject() {
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
