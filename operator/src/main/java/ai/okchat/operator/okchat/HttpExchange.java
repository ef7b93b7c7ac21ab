package ai.okchat.operator.okchat;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import okhttp3.Authenticator;
import okhttp3.CookieJar;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/**
 * The one place that talks HTTP: one attempt for each call, within the request timeout, and with
 * the key to the backend's host only.
 */
final class HttpExchange {
  private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);

  private final OkHttpClient http;
  private final Endpoint endpoint;
  private final CallObserver observer;
  private final AnswerLimits limits;

  /** Shares connections, dispatcher and TLS settings with {@code shared}. */
  HttpExchange(OkHttpClient shared, Endpoint endpoint, CallObserver observer, AnswerLimits limits) {
    this.http = oneAttempt(shared, endpoint.requestTimeout());
    this.endpoint = endpoint;
    this.observer = observer;
    this.limits = limits;
  }

  private static OkHttpClient oneAttempt(OkHttpClient shared, Duration timeout) {
    var connect = timeout.compareTo(LONGEST_CONNECT) < 0 ? timeout : LONGEST_CONNECT;
    return shared
        .newBuilder()
        .callTimeout(timeout)
        .connectTimeout(connect)
        .readTimeout(timeout)
        .writeTimeout(timeout)
        .retryOnConnectionFailure(false)
        .followRedirects(false)
        .followSslRedirects(false)
        .authenticator(Authenticator.NONE)
        .cookieJar(CookieJar.NO_COOKIES)
        .cache(null)
        .addNetworkInterceptor(new SingleAttempt())
        .addNetworkInterceptor(new ClosedConnections())
        .addNetworkInterceptor(HttpExchange::promptly)
        .build();
  }

  /**
   * Each write goes out at once. The last part of an upload would wait until the server has
   * acknowledged the others, which it puts off for 40 ms.
   */
  private static Response promptly(Interceptor.Chain chain) throws IOException {
    var connection = chain.connection();
    if (connection != null) {
      connection.socket().setTcpNoDelay(true);
    }
    return chain.proceed(chain.request());
  }

  ApiCallBuilder call(String action) {
    return ApiCallBuilder.call(endpoint, action);
  }

  /** What the reader makes of a 2xx. */
  <T> T send(ApiCall call, Answer.Reader<T> reader) {
    var attempt = new Attempt(call, endpoint, observer);
    try {
      var result = read(attempt, reader);
      attempt.succeeded();
      return result;
    } catch (OkChatException e) {
      throw attempt.failed(e);
    }
  }

  /** What the reader makes of a 2xx; empty for a JSON 404, which is an answer here. */
  <T> Optional<T> find(ApiCall call, Answer.Reader<T> reader) {
    var attempt = new Attempt(call, endpoint, observer);
    try {
      var result = Optional.of(read(attempt, reader));
      attempt.succeeded();
      return result;
    } catch (OkChatException e) {
      if (e.kind() == FailureKind.NOT_FOUND) {
        attempt.succeeded();
        return Optional.empty();
      }
      throw attempt.failed(e);
    }
  }

  /**
   * An answer that is read as it comes: the request timeout bounds each wait for more of it, and
   * {@code longest} the whole.
   */
  ChatStream stream(ApiCall call, Duration longest) {
    var attempt = new Attempt(call, endpoint, observer);
    var patient = http.newBuilder().callTimeout(longest).build();
    try {
      return new ChatStream(attempt, new Answer(attempt.answer(patient), limits));
    } catch (OkChatException e) {
      throw attempt.failed(e);
    }
  }

  private <T> T read(Attempt attempt, Answer.Reader<T> reader) {
    try (var response = attempt.answer(http)) {
      return reader.read(new Answer(response, limits));
    } catch (IOException e) {
      throw attempt.broken(e);
    }
  }
}
