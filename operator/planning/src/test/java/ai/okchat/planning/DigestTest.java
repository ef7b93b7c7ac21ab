package ai.okchat.planning;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigestTest {

  @Test
  void isTheSha256OfTheBytes() {
    // When
    var digest = Digest.of("abc");

    // Then
    assertThat(digest)
        .isEqualTo("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        .isEqualTo(Digest.of("abc".getBytes(UTF_8)));
  }

  @Test
  void isTheSameWhateverTheOrderOfTheKeys() {
    // Given
    var one = json("{\"a\": {\"x\": 1, \"y\": [{\"p\": 1, \"q\": 2}]}, \"b\": true}");
    var other = json("{\"b\": true, \"a\": {\"y\": [{\"q\": 2, \"p\": 1}], \"x\": 1}}");

    // When
    var digest = Digest.of(one);

    // Then
    assertThat(digest).isEqualTo(Digest.of(other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\": 1}|{\"a\": 2}",
        "{\"a\": 1}|{\"b\": 1}",
        "{\"a\": 1}|{\"a\": \"1\"}",
        "{\"a\": null}|{}",
        "{\"a\": [1, 2]}|{\"a\": [2, 1]}",
        "{\"a\": {\"b\": 1}}|{\"a\": 1, \"b\": 1}",
        "{\"a\": \"x\"}|{\"a\": \"x \"}"
      })
  void differsForDifferentValues(String one, String other) {
    // When
    var digest = Digest.of(json(one));

    // Then
    assertThat(digest).isNotEqualTo(Digest.of(json(other)));
  }

  @Test
  void leavesWhatItReadsAsItIs() {
    // Given
    var value = json("{\"b\": 1, \"a\": {\"d\": 1, \"c\": 2}}");

    // When
    Digest.of(value);

    // Then
    assertThat(value).hasToString("{\"b\":1,\"a\":{\"d\":1,\"c\":2}}");
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
