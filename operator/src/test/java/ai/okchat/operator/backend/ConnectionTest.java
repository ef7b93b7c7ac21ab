package ai.okchat.operator.backend;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.BackendRef.Kind;
import ai.okchat.api.v1alpha1.RecordedBackend;
import ai.okchat.client.ApiKey;
import ai.okchat.client.Endpoint;
import ai.okchat.operator.account.Account;
import ai.okchat.operator.account.AccountFixture;
import ai.okchat.operator.testing.MovingClock;
import java.time.Duration;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionTest {
  private static final BackendKey KEY = new BackendKey(Kind.CHATBOT_BACKEND, "team-a", "default");
  private static final RecordedBackend ORIGIN =
      new RecordedBackend(Kind.CHATBOT_BACKEND, "default", "uid", "sha256:url");

  @ParameterizedTest
  @CsvSource({
    "PT1S, PT30S",
    "PT15S, PT30S",
    "PT16S, PT32S",
    "PT29.5S, PT59S",
    "PT30S, PT60S",
    "PT10M, PT60S"
  })
  void waitsForBotForTwiceTheTimeoutWithinBounds(Duration timeout, Duration grace) {
    // Given
    var connection = new Connection(KEY, ORIGIN, account(), timeout, Duration.ofSeconds(60));

    // When
    var createGrace = connection.createGrace();

    // Then
    assertThat(createGrace).isEqualTo(grace);
  }

  @Test
  void namesBackendAsUsersKnowIt() {
    // Then
    assertThat(KEY).hasToString("ChatbotBackend team-a/default");
    assertThat(new BackendKey(Kind.CLUSTER_CHATBOT_BACKEND, "team-a", "shared"))
        .hasToString("ClusterChatbotBackend shared");
  }

  private static Account account() {
    return AccountFixture.account(endpoint(), new MovingClock());
  }

  private static Endpoint endpoint() {
    return new Endpoint(
        HttpUrl.get("https://v2.okchat.ai"), ApiKey.of("a-key"), Duration.ofSeconds(30));
  }
}
