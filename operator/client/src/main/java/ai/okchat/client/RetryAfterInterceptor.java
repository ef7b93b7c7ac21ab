package ai.okchat.client;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Prevents okhttp from sending a request a second time when a 503 has {@code Retry-After: 0}, which
 * it does regardless of {@code retryOnConnectionFailure}, and from failing on a number that exceeds
 * an int. Renames the header so that okhttp does not read it.
 */
final class RetryAfterInterceptor implements Interceptor {
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
