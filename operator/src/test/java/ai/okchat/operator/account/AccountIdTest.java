package ai.okchat.operator.account;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.client.ApiKey;
import ai.okchat.client.Endpoint;
import java.time.Duration;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;

class AccountIdTest {

  @Test
  void consistsOfUrlAndKeyWhichItDoesNotPrint() {
    // When
    var id = AccountId.of(endpoint("first-key"));

    // Then
    assertThat(id).isEqualTo(AccountId.of(endpoint("first-key")));
    assertThat(id).isNotEqualTo(AccountId.of(endpoint("second-key")));
    assertThat(id.toString()).doesNotContain("first-key");
  }

  private static Endpoint endpoint(String key) {
    return new Endpoint(
        HttpUrl.get("https://okchat.example"), ApiKey.of(key), Duration.ofSeconds(1));
  }
}
