package ai.okchat.operator.gitops;

import static ai.okchat.operator.gitops.StatusFixture.ofGeneration;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ai.okchat.operator.gitops.Customization.Health;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The health in Argo CD for each status that an object of the operator can have. */
final class ArgoHealthTest {

  private static final String NOT_SEEN = "The operator has not reconciled this generation yet.";

  static Stream<Arguments> statuses() {
    return Stream.concat(verdicts(), deletions());
  }

  static Stream<Arguments> oldNews() {
    return Stream.of(
        row("an object without a status", ofGeneration(1), "Progressing", NOT_SEEN),
        row(
            "a status without a generation",
            ofGeneration(1).with("Ready", "True", "Ready", "Done."),
            "Progressing",
            NOT_SEEN),
        row(
            "Ready of an old generation",
            ofGeneration(2).observed(1).with("Ready", "True", "Ready", "Done."),
            "Progressing",
            NOT_SEEN),
        row(
            "Stalled of an old generation",
            ofGeneration(2).observed(1).with("Stalled", "True", "SpecRejected", "No."),
            "Progressing",
            NOT_SEEN),
        row(
            "Paused of an old generation",
            ofGeneration(2).observed(1).with("Paused", "True", "Suspended", "Yes."),
            "Progressing",
            NOT_SEEN),
        row(
            "a condition that is older than the status",
            ofGeneration(2).observed(1).with("Ready", "True", "Ready", "Done.").observed(2),
            "Progressing",
            "The object has no condition Ready yet."));
  }

  private static Stream<Arguments> verdicts() {
    return Stream.of(
        row("Ready", seen("Ready", "True", "Ready", "Done."), "Healthy", "Ready: Done."),
        row(
            "Ready is Unknown",
            seen("Ready", "Unknown", "BackendUnavailable", "No answer.")
                .with("Stalled", "False", "Recovered", "No action is required."),
            "Progressing",
            "BackendUnavailable: No answer."),
        row(
            "Ready is False: a waiting sync must end",
            seen("Ready", "False", "ReferenceNotFound", "The Secret okchat does not exist."),
            "Degraded",
            "ReferenceNotFound: The Secret okchat does not exist."),
        row(
            "Stalled",
            seen("Ready", "False", "SpecRejected", "Too long.")
                .with("Stalled", "True", "SpecRejected", "Too long."),
            "Degraded",
            "SpecRejected: Too long."),
        row(
            "Paused while Ready",
            seen("Ready", "True", "Ready", "Done.").with("Paused", "True", "Suspended", "By Git."),
            "Suspended",
            "Suspended: By Git."),
        row(
            "Paused while Stalled",
            seen("Stalled", "True", "SlugTaken", "Taken.")
                .with("Paused", "True", "Suspended", "By Git."),
            "Degraded",
            "SlugTaken: Taken."),
        row(
            "Paused while not Ready",
            seen("Ready", "False", "CredentialsRejected", "Wrong key.")
                .with("Paused", "True", "Suspended", "By Git."),
            "Suspended",
            "Suspended: By Git."),
        row("no message", seen("Ready", "True", "Ready", ""), "Healthy", "Ready"),
        row(
            "no Ready condition",
            seen("Stalled", "False", "Recovered", "No action is required."),
            "Progressing",
            "The object has no condition Ready yet."));
  }

  private static Stream<Arguments> deletions() {
    return Stream.of(
        row(
            "being deleted while Ready",
            seen("Ready", "True", "Ready", "Done.").beingDeleted(),
            "Progressing",
            "Ready: Done."),
        row(
            "a deletion that is blocked",
            seen("Ready", "False", "DeletionBlocked", "The key is wrong.")
                .with("Stalled", "True", "DeletionBlocked", "The key is wrong.")
                .beingDeleted(),
            "Progressing",
            "DeletionBlocked: The key is wrong."),
        row(
            "being deleted without a status",
            ofGeneration(2).beingDeleted(),
            "Progressing",
            "The object is being deleted."));
  }

  private static StatusFixture seen(String type, String truth, String reason, String message) {
    return ofGeneration(3).observed(3).with(type, truth, reason, message);
  }

  private static Arguments row(String name, StatusFixture given, String status, String message) {
    return arguments(name, given, new Health(status, message));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("oldNews")
  @DisplayName(
      "T37: a status of an older generation means Progressing, whatever its conditions are")
  void statusOfAnOlderGenerationIsProgressing(String name, StatusFixture given, Health expected) {
    // When
    var health = healthOf(given);

    // Then
    assertThat(health).as(name).isEqualTo(Set.of(expected));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("statuses")
  void healthFollowsTheConditions(String name, StatusFixture given, Health expected) {
    // When
    var health = healthOf(given);

    // Then
    assertThat(health).as(name).isEqualTo(Set.of(expected));
  }

  /** Returns the health from the script of each kind. */
  private static Set<Health> healthOf(StatusFixture given) {
    return Customization.all().stream()
        .map(customization -> customization.healthOf(given.object()))
        .collect(Collectors.toSet());
  }
}
