package ai.okchat.operator.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.javaoperatorsdk.operator.api.monitoring.Metrics.ControllerExecution;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NonFatalErrorsTest {
  private final NonFatalErrors errors = new NonFatalErrors();

  @Test
  void keepsResultsAndExceptions() throws Exception {
    // Then
    assertThat(errors.timeControllerExecution(pass(null))).isEqualTo("done");
  }

  @ParameterizedTest
  @MethodSource("survived")
  void wrapsNonFatalErrorInAnException(Error error) {
    // Then
    assertThatIllegalStateException()
        .isThrownBy(() -> errors.timeControllerExecution(pass(error)))
        .withCause(error);
  }

  static Stream<Error> survived() {
    return Stream.of(
        new StackOverflowError(), new NoClassDefFoundError("x"), new AssertionError("x"));
  }

  @Test
  void rethrowsFatalError() {
    // Then
    assertThatExceptionOfType(OutOfMemoryError.class)
        .isThrownBy(() -> errors.timeControllerExecution(pass(new OutOfMemoryError())));
  }

  private static ControllerExecution<String> pass(@Nullable Error error) {
    return new ControllerExecution<>() {
      @Override
      public String name() {
        return "reconcile";
      }

      @Override
      public String controllerName() {
        return "chatbot";
      }

      @Override
      public String successTypeName(String result) {
        return result;
      }

      @Override
      public ResourceID resourceID() {
        return new ResourceID("support", "team-a");
      }

      @Override
      public Map<String, Object> metadata() {
        return Map.of();
      }

      @Override
      public String execute() {
        if (error != null) {
          throw error;
        }
        return "done";
      }
    };
  }
}
