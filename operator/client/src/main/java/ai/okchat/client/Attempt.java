package ai.okchat.client;

import ai.okchat.client.ClosedConnectionInterceptor.ClosedConnectionException;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/**
 * One attempt to send a request. Records whether anything was sent, and reports the outcome to the
 * observer once.
 */
final class Attempt {
  private final ApiCall call;
  private final Endpoint endpoint;
  private final CallObserver observer;
  private final long started = System.nanoTime();
  private volatile boolean sent;
  private boolean reported;

  Attempt(ApiCall call, Endpoint endpoint, CallObserver observer) {
    this.call = call;
    this.endpoint = endpoint;
    this.observer = observer;
  }

  /** Sends the request and returns a 2xx response, which the caller closes; throws otherwise. */
  Response answer(OkHttpClient http) {
    try {
      var response = execute(http);
      if (response.isSuccessful()) {
        return response;
      }
      try (response) {
        throw ErrorResponses.refused(call, endpoint.apiKey(), response);
      }
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /** Sends the request over the first connection that the server has not closed. */
  private Response execute(OkHttpClient http) throws IOException {
    for (var closed = 0; ; closed++) {
      var request = http.newCall(call.signed(endpoint.apiKey()));
      request.addEventListener(new SentListener());
      try {
        return request.execute();
      } catch (ClosedConnectionException e) {
        if (closed == ClosedConnectionInterceptor.MOST) {
          throw e;
        }
      }
    }
  }

  OkChatException broken(IOException fault) {
    return TransportErrors.broken(call, sent, endpoint.requestTimeout(), fault);
  }

  /** Bounds and redacts a message of the backend for display. */
  String cleaned(String message) {
    return Redaction.clean(message, endpoint.apiKey(), call.sentTexts());
  }

  void succeeded() {
    report("ok");
  }

  OkChatException failed(OkChatException failure) {
    report(failure.kind().name().toLowerCase(Locale.ROOT));
    return failure;
  }

  private void report(String outcome) {
    if (!reported) {
      reported = true;
      observer.observed(call.action(), outcome, Duration.ofNanos(System.nanoTime() - started));
    }
  }

  /**
   * Records when the headers are written: before that, the request cannot have reached the backend.
   */
  private final class SentListener extends EventListener {
    @Override
    public void requestHeadersStart(Call request) {
      sent = true;
    }
  }
}
