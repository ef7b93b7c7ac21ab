package ai.okchat.operator.okchat;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Keeps okhttp from sending a request a second time when a 503 says {@code Retry-After: 0}, which
 * it does whatever {@code retryOnConnectionFailure} says, and from failing on a number too long for
 * an int. The header is carried past it under a name of our own.
 */
final class SingleAttempt implements Interceptor {
  private static final String STANDARD = "Retry-After";
  private static final String CARRIED = "Okchat-Operator-Retry-After";

  @Override
  public Response intercept(Chain chain) throws IOException {
    var response = chain.proceed(chain.request());
    var retryAfter = response.header(STANDARD);
    var carried = response.newBuilder().removeHeader(STANDARD).removeHeader(CARRIED);
    return (retryAfter == null ? carried : carried.header(CARRIED, retryAfter)).build();
  }

  static @Nullable String retryAfter(Response response) {
    return response.header(CARRIED);
  }
}
