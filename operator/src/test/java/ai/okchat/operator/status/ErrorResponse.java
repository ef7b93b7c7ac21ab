package ai.okchat.operator.status;

import ai.okchat.client.ApiKey;
import ai.okchat.client.CallObserver;
import ai.okchat.client.Endpoint;
import ai.okchat.client.OkChatClient;
import ai.okchat.client.OkChatException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.Consumer;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.OkHttpClient;

/** Exceptions of the real client for one response, with a fixed port in their text. */
final class ErrorResponse {
  private static final OkHttpClient HTTP = new OkHttpClient();
  private static final ApiKey KEY = ApiKey.of("0123456789abcdef");

  private ErrorResponse() {}

  /** Returns the exception of a create, for an error response in the assumed format of the API. */
  static OkChatException of(int status) {
    return of(status, "application/json", "{\"error\": \"the words of the backend\"}");
  }

  static OkChatException of(int status, String type, String body) {
    return of(
        new MockResponse.Builder().code(status).setHeader("Content-Type", type).body(body).build());
  }

  static OkChatException of(MockResponse answer) {
    return of(answer, client -> client.createChatbot(JsonNodeFactory.instance.objectNode()));
  }

  static OkChatException of(MockResponse answer, Consumer<OkChatClient> call) {
    try (var server = new MockWebServer()) {
      server.start();
      server.enqueue(answer);
      var endpoint = new Endpoint(server.url("/"), KEY, Duration.ofSeconds(1));
      call.accept(new OkChatClient(HTTP, endpoint, CallObserver.NONE));
      throw new AssertionError("The client took the answer");
    } catch (OkChatException e) {
      return e;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A message without what differs from one run to the next. */
  static String steady(String message) {
    return message.replaceAll("(127\\.0\\.0\\.1|localhost):\\d+", "backend");
  }
}
