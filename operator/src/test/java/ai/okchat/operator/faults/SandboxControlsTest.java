package ai.okchat.operator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.testing.Backend;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The controls of the sandbox, called by a web page of another site. */
final class SandboxControlsTest {

  @AutoClose private final Backend backend = Backend.start();
  @AutoClose private final HttpClient http = HttpClient.newHttpClient();

  @ParameterizedTest
  @CsvSource({"POST, /sandbox/reset", "PUT, /sandbox/keys", "GET, /sandbox/journal"})
  @DisplayName("T98: a page of another site cannot call the controls of the sandbox")
  void rejectsControlsFromAPageOfAnotherSite(String method, String path)
      throws IOException, InterruptedException {
    // Given
    backend.createInDashboard(Map.of("name", "Support", "slug", "support"));
    var request =
        HttpRequest.newBuilder(URI.create(backend.url() + path))
            .header("Origin", "https://example.com")
            .header("Content-Type", "text/plain")
            .method(method, BodyPublishers.ofString("{}"))
            .build();

    // When
    var response = http.send(request, BodyHandlers.ofString());

    // Then
    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(backend.bots()).hasSize(1);
  }
}
