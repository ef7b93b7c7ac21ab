package ai.okchat.operator.gitops;

import static ai.okchat.operator.gitops.StatusFixture.ofGeneration;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules as kstatus publishes them, also those that the operator does not use. */
final class KstatusTest {

  static Stream<Arguments> rules() {
    return Stream.of(
        arguments("nothing is known", ofGeneration(1), Kstatus.Current),
        arguments("an older generation", ready(1), Kstatus.InProgress),
        arguments("Ready", ready(2), Kstatus.Current),
        arguments(
            "not Ready",
            ofGeneration(2).observed(2).with("Ready", "False", "No", ""),
            Kstatus.InProgress),
        arguments(
            "Ready is Unknown",
            ofGeneration(2).observed(2).with("Ready", "Unknown", "No", ""),
            Kstatus.InProgress),
        arguments(
            "Reconciling beats Ready",
            ready(2).with("Reconciling", "True", "Yes", ""),
            Kstatus.InProgress),
        arguments(
            "Stalled beats Ready", ready(2).with("Stalled", "True", "Yes", ""), Kstatus.Failed),
        arguments(
            "what is False says nothing",
            ready(2).with("Stalled", "False", "No", "").with("Reconciling", "False", "No", ""),
            Kstatus.Current),
        arguments("being deleted", ready(2).beingDeleted(), Kstatus.Terminating));
  }

  private static StatusFixture ready(long observed) {
    return ofGeneration(2).observed(observed).with("Ready", "True", "Yes", "");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void computesStatus(String name, StatusFixture given, Kstatus expected) {
    // When
    var status = Kstatus.of(given.object());

    // Then
    assertThat(status).as(name).isEqualTo(expected);
  }
}
