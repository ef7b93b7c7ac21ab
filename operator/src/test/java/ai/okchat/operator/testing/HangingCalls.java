package ai.okchat.operator.testing;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CountDownLatch;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Blocks calls until the test releases them, and forwards all others.
 *
 * @param path the beginning of the paths of blocked calls
 */
public record HangingCalls(String method, String path, CountDownLatch release)
    implements Interceptor {

  @Override
  public Response intercept(Chain chain) throws IOException {
    if (chain.request().method().equals(method)
        && chain.request().url().encodedPath().startsWith(path)) {
      try {
        release.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException();
      }
    }
    return chain.proceed(chain.request());
  }
}
