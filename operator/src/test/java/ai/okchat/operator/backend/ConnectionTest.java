package ai.okchat.operator.backend;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.BackendRef.Kind;
import ai.okchat.api.v1alpha1.RecordedBackend;
import ai.okchat.operator.okchat.ApiKey;
import ai.okchat.operator.okchat.CallObserver;
import ai.okchat.operator.okchat.Endpoint;
import ai.okchat.operator.okchat.OkChatClient;
import ai.okchat.operator.testing.MovingClock;
import java.time.Duration;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
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
  void a_bot_may_turn_up_for_twice_the_timeout_within_bounds(Duration timeout, Duration grace) {
    // Given
    var connection = new Connection(KEY, ORIGIN, account(), timeout, Duration.ofSeconds(60));

    // When
    var createGrace = connection.createGrace();

    // Then
    assertThat(createGrace).isEqualTo(grace);
  }

  @Test
  void a_backend_is_named_as_people_know_it() {
    // Then
    assertThat(KEY).hasToString("ChatbotBackend team-a/default");
    assertThat(new BackendKey(Kind.CLUSTER_CHATBOT_BACKEND, "team-a", "shared"))
        .hasToString("ClusterChatbotBackend shared");
  }

  @Test
  void an_account_is_its_address_and_its_key_which_it_does_not_print() {
    // When
    var id = AccountId.of(endpoint("first"));

    // Then
    assertThat(id).isEqualTo(AccountId.of(endpoint("first")));
    assertThat(id).isNotEqualTo(AccountId.of(endpoint("second")));
    assertThat(id.toString()).doesNotContain("first-key");
  }

  private static Account account() {
    var endpoint = endpoint("first");
    return new Account(
        AccountId.of(endpoint),
        new OkChatClient(new OkHttpClient(), endpoint, CallObserver.NONE),
        new HeardNews(),
        new Seats(10),
        new MovingClock(),
        new MovingClock(),
        new InventoryQuota().share());
  }

  private static Endpoint endpoint(String key) {
    return new Endpoint(
        HttpUrl.get("https://v2.okchat.ai"), ApiKey.of(key + "-key"), Duration.ofSeconds(30));
  }
}
