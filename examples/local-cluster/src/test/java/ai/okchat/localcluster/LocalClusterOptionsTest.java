package ai.okchat.localcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rejection of invalid options, and machine names as Go writes them. */
class LocalClusterOptionsTest {

  @Test
  void requiresNamedFolderToKeepData() {
    // Given
    var options = LocalClusterOptions.defaults();

    // When
    var attempt = assertThatThrownBy(() -> options.withKeep(true));

    // Then
    attempt
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("keep requires a dataDirectory (--data) for the data");
  }

  @Test
  void rejectsPortOutsideOfTheRange() {
    // Given
    var options = LocalClusterOptions.defaults();

    // When
    var attempt = assertThatThrownBy(() -> options.withPort(65_536));

    // Then
    attempt
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("port is 65536, but must be 0 (free) to 65535");
  }

  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, -linux-amd64",
    "Linux, aarch64, -linux-arm64",
    "Mac OS X, x86_64, -darwin-amd64",
    "Mac OS X, aarch64, -darwin-arm64",
  })
  void namesArchitectureAsGoDoes(String os, String architecture, String expected) {
    // Given the machine

    // When
    var suffix = Platform.suffix(os, architecture);

    // Then
    assertThat(suffix).isEqualTo(expected);
  }
}
