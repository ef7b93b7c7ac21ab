package ai.okchat.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An API server whose version the test sets. */
final class RestoredEtcdDetectorTest {

  private static final String LIST = "/chatbots?limit=500";
  private static final String CHECK = "/chatbots?limit=1&fieldSelector=metadata.name=none";

  private static final String OF_ONE_OBJECT = "application/json;as=PartialObjectMetadata";

  private final MockWebServer server = new MockWebServer();
  private final AtomicInteger detections = new AtomicInteger();
  private final OkHttpClient http =
      new OkHttpClient.Builder()
          .addInterceptor(new RestoredEtcdDetector(detections::incrementAndGet))
          .build();
  private final List<String> received = new ArrayList<>();
  private final List<String> accepted = new ArrayList<>();
  private int code = 200;
  private String body = list(100);

  @BeforeEach
  void startTheServer() throws IOException {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            received.add(request.getUrl().encodedPath() + "?" + request.getUrl().query());
            accepted.add(request.getHeaders().get("Accept"));
            return new MockResponse.Builder().code(code).body(body).build();
          }
        });
    server.start();
  }

  @AfterEach
  void stopTheServer() {
    server.close();
  }

  @Test
  void sendsNoRequestOfItsOwnAfterAList() throws IOException {
    // Given
    get(LIST);

    // When
    get(watch(100));

    // Then
    assertThat(received).containsExactly(LIST, watch(100));
    assertThat(detections).hasValue(0);
  }

  @Test
  void comparesWhenAWatchContinues() throws IOException {
    // Given
    get(LIST);
    get(watch(100));
    received.clear();

    // When
    get(watch(100));
    body = list(99);
    get(watch(100));

    // Then
    assertThat(received).containsExactly(CHECK, watch(100), CHECK, watch(100));
    assertThat(detections).hasValue(1);
  }

  @Test
  void detectsARestoreWhenTheInformerListsAgain() throws IOException {
    // Given
    get(LIST);
    get(watch(100));
    body = list(60);

    // When
    get(LIST);
    get(watch(60));

    // Then
    assertThat(detections).hasValue(1);
  }

  @Test
  void allowsTwoInformersWithDifferentVersions() throws IOException {
    // Given: one informer is as new as etcd, the other one has received no event for some time.
    get(LIST);
    get(watch(100));

    // When
    get(watch(80));

    // Then
    assertThat(detections).hasValue(0);
  }

  @Test
  void doesNotWatchWhenTheListFails() throws IOException {
    // Given
    get(LIST);
    get(watch(100));
    received.clear();
    code = 503;

    // When
    var response = get(watch(100));
    code = 200;
    body = list(60);
    get(watch(100));

    // Then
    assertThat(response).isEqualTo(503);
    assertThat(received).containsExactly(CHECK, CHECK, watch(100));
    assertThat(detections).hasValue(1);
  }

  @Test
  void comparesAfterAListThatFailed() throws IOException {
    // Given
    get(LIST);
    get(watch(100));
    code = 503;
    get(LIST);
    code = 200;
    body = list(60);

    // When
    get(watch(100));

    // Then
    assertThat(detections).hasValue(1);
  }

  @Test
  void comparesAfterAListOfOtherObjects() throws IOException {
    // Given
    get(LIST);
    get(watch(100));
    get("/chatbots?limit=500&labelSelector=okchat.ai/shard");
    body = list(60);

    // When
    get(watch(100));

    // Then
    assertThat(detections).hasValue(1);
  }

  @Test
  void acceptsAListWhenTheWatchIsOfMetadata() throws IOException {
    // When
    get(watch(100));

    // Then
    assertThat(accepted).containsExactly("application/json", OF_ONE_OBJECT);
  }

  @Test
  void detectsNothingWithoutAVersion() throws IOException {
    // Given
    body = "{}";

    // When
    get(watch(100));
    get("/chatbots?watch=true");

    // Then
    assertThat(received).containsExactly(CHECK, watch(100), "/chatbots?watch=true");
    assertThat(detections).hasValue(0);
  }

  private static String watch(int version) {
    return "/chatbots?resourceVersion=" + version + "&watch=true";
  }

  private static String list(int version) {
    return "{\"items\": [], \"metadata\": {\"resourceVersion\": \"" + version + "\"}}";
  }

  private int get(String path) throws IOException {
    var request =
        new Request.Builder()
            .url(server.url("/").resolve(path))
            .header("Accept", OF_ONE_OBJECT)
            .build();
    try (var response = http.newCall(request).execute()) {
      return response.code();
    }
  }
}
