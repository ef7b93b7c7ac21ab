package ai.okchat.operator.fetch;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses that are those of web pages, and not of repositories. */
class GitFetcherTest {

  private final MockWebServer site = new MockWebServer();
  private final GitFetcher fetcher =
      new GitFetcher(new OkHttpClient(), new AddressPolicy(List.of(Cidr.parse("127.0.0.0/8"))));

  @TempDir private Path folder;

  @BeforeEach
  void start() throws IOException {
    site.start();
  }

  @AfterEach
  void stop() {
    site.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"<!DOCTYPE html><html></html>", "\n\n <html>", "\uFEFF<html>"})
  void namesAddressThatLeadsToAWebPage(String page) {
    // Given
    site.enqueue(
        new MockResponse.Builder().addHeader("Content-Type", "text/html").body(page).build());

    // When, Then
    assertIsAWebPage();
  }

  @Test
  void namesAddressThatRedirectsToAWebPage() {
    // Given
    site.enqueue(new MockResponse.Builder().code(302).addHeader("Location", "/login").build());

    // When, Then
    assertIsAWebPage();
  }

  private void assertIsAWebPage() {
    var url = site.url("/docs").toString();
    var remote = new GitFetcher.Remote(url, null, GitCredentials.of(Map.of()));
    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(() -> fetcher.resolve(remote, folder))
        .withMessage(
            "The address %s leads to a web page, not to a git repository. Correct spec.git.url, or name a Secret with credentials in spec.git.secretRef."
                .formatted(url))
        .matches(failure -> !failure.isTransient());
  }
}
