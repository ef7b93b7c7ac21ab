package ai.okchat.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files of the page: they need no key, contain no data, and load nothing from elsewhere. */
final class PageTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  @ParameterizedTest
  @CsvSource({
    "/, text/html;charset=utf-8",
    "/page.css, text/css; charset=utf-8",
    "/page.js, text/javascript; charset=utf-8"
  })
  void servesTheFileWithAContentSecurityPolicy(String path, String type) throws IOException {
    // When
    var response = SANDBOX.api().withKey("none").get(path);

    // Then
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.header("Content-Type")).hasValue(type);
    assertThat(response.header("Content-Security-Policy").orElseThrow())
        .startsWith("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';");
  }
}
