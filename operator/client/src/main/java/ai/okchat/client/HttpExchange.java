package ai.okchat.client;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import okhttp3.Authenticator;
import okhttp3.CookieJar;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/**
 * Sends all HTTP requests of this package: one attempt each, within the request timeout, and with
 * the API key to the host of the backend only.
 */
final class HttpExchange {
  private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);

  private final OkHttpClient http;
  private final Endpoint endpoint;
  private final CallObserver observer;
  private final ResponseLimits limits;

  /** Shares connections, dispatcher and TLS settings with {@code shared}. */
  HttpExchange(
      OkHttpClient shared, Endpoint endpoint, CallObserver observer, ResponseLimits limits) {
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
        .addNetworkInterceptor(new RetryAfterInterceptor())
        .addNetworkInterceptor(new ClosedConnectionInterceptor())
        .addNetworkInterceptor(HttpExchange::promptly)
        .build();
  }

  /**
   * Sends each write immediately. Otherwise the last part of an upload waits until the server
   * acknowledges the others, which it delays by 40 ms.
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

  /** Sends the request and returns the result of the reader for a 2xx. */
  <T> T send(ApiCall call, ApiResponse.Reader<T> reader) {
    var attempt = new Attempt(call, endpoint, observer);
    try {
      var result = read(attempt, reader);
      attempt.succeeded();
      return result;
    } catch (OkChatException e) {
      throw attempt.failed(e);
    }
  }

  /** Sends the request and returns the result of the reader for a 2xx; empty for a JSON 404. */
  <T> Optional<T> find(ApiCall call, ApiResponse.Reader<T> reader) {
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
   * Sends the request and returns a response that is read while it arrives. The request timeout
   * limits each wait for the next bytes, and {@code longest} the whole stream.
   */
  ChatStream stream(ApiCall call, Duration longest) {
    var attempt = new Attempt(call, endpoint, observer);
    var streaming = http.newBuilder().callTimeout(longest).build();
    try {
      return new ChatStream(attempt, new ApiResponse(attempt.answer(streaming), limits));
    } catch (OkChatException e) {
      throw attempt.failed(e);
    }
  }

  private <T> T read(Attempt attempt, ApiResponse.Reader<T> reader) {
    try (var response = attempt.answer(http)) {
      return reader.read(new ApiResponse(response, limits));
    } catch (IOException e) {
      throw attempt.broken(e);
    }
  }
}
