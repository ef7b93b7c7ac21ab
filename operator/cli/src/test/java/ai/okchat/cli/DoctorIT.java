package ai.okchat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The checks of an installation. The clock of the tests differs from that of the API server. */
class DoctorIT {
  private final TestBot bot = TestBot.create();

  @Test
  void findsAUsableBackendAndNoOperator() {
    // When
    var run = bot.run("doctor");

    // Then
    assertThat(run.exitCode()).isEqualTo(ExitCode.YES);
    assertThat(run.out())
        .contains(
            "ok      API server: v1.",
            "warning clock: differs by ",
            "ok      right to patch chatbots.okchat.ai: yes\n",
            "ok      types: okchat.ai/v1alpha1\n",
            "warning leader: no Lease okchat-operator\n",
            "ok      ChatbotBackend/default: reachable, the key opens an account with ",
            "ok      finalizers: 0 objects have one\n",
            "ok      policies: 0 of the chart\n");
  }

  @Test
  void failsForARejectedKey() {
    // Given
    var given = bot.namespace().given().with("OKCHAT_API_KEY", "wrong-key-of-jane");

    // When
    var run = given.run("doctor", "-o", "json");

    // Then
    assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(run.out())
        .contains("\"result\" : \"FAILURE\"", "Write a valid API key")
        .doesNotContain("jane");
  }

  @Test
  void reportsWhatTheUserMustNotRead() {
    // Given
    bot.namespace().allow("visitor", "get", "list");

    // When
    var run = bot.run("doctor", "--as", "visitor");

    // Then
    assertThat(run.exitCode()).isEqualTo(ExitCode.YES);
    assertThat(run.out())
        .contains(
            "warning right to get secrets: no\n",
            "warning leader: not checked\n",
            "You do not have the right to list leases.coordination.k8s.io in all namespaces.");
  }

  @Test
  void namesAnObjectThatLosesItsOperator() {
    // Given
    bot.namespace()
        .apply(
            """
            {apiVersion: okchat.ai/v1alpha1, kind: Chatbot,
             metadata: {name: kept, finalizers: [okchat.ai/finalizer]},
             spec: {name: Kept, prompt: You help.}}
            """);

    // When
    var run = bot.run("doctor");

    // Then
    assertThat(run.out())
        .contains("warning finalizers: 1 objects have a finalizer and no operator serves them\n");
  }

  @Test
  void checksTheRightsBeforeAnInstallation() {
    // When
    var run = bot.run("doctor", "--pre");

    // Then
    assertThat(run.exitCode()).isEqualTo(ExitCode.YES);
    assertThat(run.out())
        .contains(
            "ok      right to create customresourcedefinitions.apiextensions.k8s.io: yes\n",
            "ok      right to create deployments.apps: yes\n");
  }
}
