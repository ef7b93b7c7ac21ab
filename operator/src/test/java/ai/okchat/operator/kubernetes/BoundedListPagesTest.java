package ai.okchat.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server whose objects have a size that the test sets. */
final class BoundedListPagesTest {

  private static final int TWENTIETH = (int) (BoundedListPages.LONGEST / 20) + 1;

  private final MockWebServer server = new MockWebServer();
  private final OkHttpClient http =
      new OkHttpClient.Builder().addInterceptor(new BoundedListPages()).build();
  private final List<Integer> asked = new ArrayList<>();
  private int bytesPerObject;

  @BeforeEach
  void startTheServer() throws IOException {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            var limit = request.getUrl().queryParameter("limit");
            var objects = limit == null ? 100 : Integer.parseInt(limit);
            asked.add(objects);
            return new MockResponse.Builder().body("o".repeat(objects * bytesPerObject)).build();
          }
        });
    server.start();
  }

  @AfterEach
  void stopTheServer() {
    server.close();
  }

  @Test
  void readsAnOrdinaryPageOnce() throws IOException {
    // Given
    bytesPerObject = (int) (BoundedListPages.LONGEST / 500);

    // When
    var page = get("?limit=500");

    // Then
    assertThat(page).hasSize(500 * bytesPerObject);
    assertThat(asked).containsExactly(500);
  }

  @Test
  void requestsFewerObjectsWhenAPageIsTooLong() throws IOException {
    // Given
    bytesPerObject = (int) (BoundedListPages.LONGEST / 500) + 1;

    // When
    var page = get("?limit=500&continue=here");

    // Then
    assertThat(page).hasSize(125 * bytesPerObject);
    assertThat(asked).containsExactly(500, 125);
  }

  @Test
  void startsNextPageWithTheReducedSize() throws IOException {
    // Given
    bytesPerObject = TWENTIETH;
    get("?limit=100");

    // When
    var page = get("?limit=100&continue=here");

    // Then
    assertThat(page).hasSize(6 * TWENTIETH);
    assertThat(asked).containsExactly(100, 25, 6, 6);
  }

  @Test
  void requestsMoreAgainWhenPagesAreShort() throws IOException {
    // Given
    bytesPerObject = TWENTIETH;
    get("?limit=100");
    bytesPerObject = 100;
    asked.clear();

    // When
    for (var page : IntStream.range(0, 7).toArray()) {
      get("?limit=100&continue=" + page);
    }

    // Then
    assertThat(asked).containsExactly(6, 12, 24, 48, 96, 100, 100);
  }

  @Test
  void readsOneObjectOfAnyLength() throws IOException {
    // Given
    bytesPerObject = (int) BoundedListPages.LONGEST + 1;

    // When
    var page = get("?limit=1");

    // Then
    assertThat(page).hasSize(bytesPerObject);
    assertThat(asked).containsExactly(1);
  }

  @Test
  void forwardsOtherRequests() throws IOException {
    // Given
    bytesPerObject = 100_000;

    // When
    var page = get("?watch=true");

    // Then
    assertThat(page).hasSize(100 * bytesPerObject);
  }

  private String get(String query) throws IOException {
    var request = new Request.Builder().url(server.url("/list" + query)).build();
    try (var response = http.newCall(request).execute()) {
      return response.body().string();
    }
  }
}
