package ai.okchat.operator.okchat;

import ai.okchat.operator.okchat.ClosedConnections.ClosedConnectionException;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/** One call under way: knows whether anything was sent, and tells once how it ended. */
final class Attempt {
  private final ApiCall call;
  private final Endpoint endpoint;
  private final CallObserver observer;
  private final long started = System.nanoTime();
  private volatile boolean sent;
  private boolean told;

  Attempt(ApiCall call, Endpoint endpoint, CallObserver observer) {
    this.call = call;
    this.endpoint = endpoint;
    this.observer = observer;
  }

  /** A 2xx, to be closed by the caller; anything else is thrown. */
  Response answer(OkHttpClient http) {
    try {
      var response = execute(http);
      if (response.isSuccessful()) {
        return response;
      }
      try (response) {
        throw Refusals.refused(call, endpoint.apiKey(), response);
      }
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /** Over the first connection that the server has not closed meanwhile. */
  private Response execute(OkHttpClient http) throws IOException {
    for (var closed = 0; ; closed++) {
      var request = http.newCall(call.signed(endpoint.apiKey()));
      request.addEventListener(new SentListener());
      try {
        return request.execute();
      } catch (ClosedConnectionException e) {
        if (closed == ClosedConnections.MOST) {
          throw e;
        }
      }
    }
  }

  OkChatException broken(IOException fault) {
    return BrokenCalls.broken(call, sent, endpoint.requestTimeout(), fault);
  }

  /** Words of the backend, fit to be shown. */
  String cleaned(String words) {
    return Redaction.clean(words, endpoint.apiKey(), call.sentTexts());
  }

  void succeeded() {
    tell("ok");
  }

  OkChatException failed(OkChatException failure) {
    tell(failure.kind().name().toLowerCase(Locale.ROOT));
    return failure;
  }

  private void tell(String outcome) {
    if (!told) {
      told = true;
      observer.observed(call.action(), outcome, Duration.ofNanos(System.nanoTime() - started));
    }
  }

  /** Before its headers are written, a request can not have reached the backend. */
  private final class SentListener extends EventListener {
    @Override
    public void requestHeadersStart(Call request) {
      sent = true;
    }
  }
}
