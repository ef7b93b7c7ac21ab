package ai.okchat.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyTest {
  @Test
  void doesNotPrintItsValue() {
    // Given
    var key = ApiKey.of("MARKER");

    // When
    var printed =
        key + " " + new Endpoint(HttpUrl.get("https://v2.okchat.ai"), key, Duration.ofSeconds(30));

    // Then
    assertThat(printed)
        .isEqualTo(
            "ApiKey[redacted] Endpoint[baseUrl=https://v2.okchat.ai/, apiKey=ApiKey[redacted],"
                + " requestTimeout=PT30S]");
  }

  @Test
  void equalsAKeyOfTheSameValue() {
    assertThat(ApiKey.of("one")).isEqualTo(ApiKey.of("one")).hasSameHashCodeAs(ApiKey.of("one"));
    assertThat(ApiKey.of("one")).isNotEqualTo(ApiKey.of("two")).isNotEqualTo("one");
  }

  @Test
  void isKnownByItsDigest() {
    assertThat(ApiKey.of("abc").digest())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "\n", "MARKER\n", "MAR KER", "MAR\tKER", "MARKER\u0000", "MARKÉR"})
  void rejectsInvalidHeaderValueWithoutRepeatingIt(String value) {
    assertThatThrownBy(() -> ApiKey.of(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("The API key ")
        .hasMessageNotContainingAny("MAR", "KER");
  }

  @Test
  void saysWhereTheLineBreakIs() {
    assertThatThrownBy(() -> ApiKey.of("abc\n"))
        .hasMessage(
            "The API key holds a line break at position 4 of 4, which a header cannot carry: store"
                + " the key without it");
  }
}
