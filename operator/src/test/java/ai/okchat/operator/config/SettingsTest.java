package ai.okchat.operator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

  @Test
  void trimsValue() {
    // Given
    var settings = new Settings(Map.of(), Map.of("PORT", " 80 ", "HOSTS", " a , b "));

    // When
    var port = settings.number("PORT", 1, 0, 100);
    var hosts = settings.hosts("HOSTS");

    // Then
    assertThat(port).isEqualTo(80);
    assertThat(hosts).isEqualTo(Set.of("a", "b"));
    settings.throwIfInvalid();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "101", "1.5", "1e1", "0x10", "9999999999", "ten"})
  void namesNumberOutOfBoundsWithItsBounds(String text) {
    // Given
    var settings = new Settings(Map.of("A_NUMBER", text), Map.of());

    // When
    var number = settings.number("A_NUMBER", 7, 0, 100);

    // Then
    assertThat(number).isEqualTo(7);
    assertThatExceptionOfType(InvalidConfigException.class)
        .isThrownBy(settings::throwIfInvalid)
        .withMessage(
            "--a-number (A_NUMBER) is '%s' and must be a whole number from 0 to 100", text);
  }

  @ParameterizedTest
  @CsvSource({
    "100, 100",
    "1.5Ki, 1536",
    "2Mi, 2097152",
    "4Gi, 4294967296",
    "1Ti, 1099511627776",
    "3k, 3000",
    "3M, 3000000",
    "0.1G, 100000000",
    "1T, 1000000000000",
    "999999999999999Ti, 9223372036854775807"
  })
  void readsASizeAsKubernetesWritesIt(String text, long bytes) {
    // Given
    var settings = new Settings(Map.of(), Map.of("A_SIZE", text));

    // When
    var size = settings.size("A_SIZE", 7, 100);

    // Then
    assertThat(size).isEqualTo(bytes);
    settings.throwIfInvalid();
  }

  @ParameterizedTest
  @ValueSource(strings = {"99", "4GiB", "4 Gi", "-4Gi", "Gi", "1.Gi", "1e9"})
  void rejectsInvalidSize(String text) {
    // Given
    var settings = new Settings(Map.of(), Map.of("A_SIZE", text));

    // When
    settings.size("A_SIZE", 7, 100);

    // Then
    assertThatExceptionOfType(InvalidConfigException.class)
        .isThrownBy(settings::throwIfInvalid)
        .withMessage(
            "--a-size (A_SIZE) is '%s' and must be a size such as 4Gi, and at least 100 bytes",
            text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "team-1",
        "0",
        "a23456789012345678901234567890123456789012345678901234567890123"
      })
  void acceptsDnsLabelAsNamespace(String name) {
    // Given
    var settings = new Settings(Map.of(), Map.of("NAMES", name));

    // When
    var names = settings.names("NAMES");

    // Then
    assertThat(names).containsExactly(name);
    settings.throwIfInvalid();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A",
        "a.b",
        "-a",
        "a-",
        "a b",
        "*",
        "a234567890123456789012345678901234567890123456789012345678901234"
      })
  void rejectsInvalidNamespace(String name) {
    // Given
    var settings = new Settings(Map.of(), Map.of("NAMES", name));

    // When
    settings.names("NAMES");

    // Then
    assertThatExceptionOfType(InvalidConfigException.class)
        .isThrownBy(settings::throwIfInvalid)
        .withMessageContaining("'%s' and must be names of namespaces", name);
  }

  @Test
  void countsDuplicateItemOnce() {
    // Given
    var settings = new Settings(Map.of(), Map.of("NAMES", "a,b,a", "HOSTS", "A,a"));

    // When
    var names = settings.names("NAMES");
    var hosts = settings.hosts("HOSTS");

    // Then
    assertThat(names).isEqualTo(Set.of("a", "b"));
    assertThat(hosts).isEqualTo(Set.of("a"));
  }
}
