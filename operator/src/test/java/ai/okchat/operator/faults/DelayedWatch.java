package ai.okchat.operator.faults;

import java.io.IOException;
import java.time.Duration;
import okhttp3.Interceptor;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Okio;

/**
 * Shows changes of Chatbots to the operator late: what it wrote is not in its cache for a while.
 */
final class DelayedWatch implements Interceptor {

  private final Duration delay;

  DelayedWatch(Duration delay) {
    this.delay = delay;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    var request = chain.request();
    if (!isWatch(request)) {
      return chain.proceed(request);
    }
    if (request.header("Upgrade") != null) {
      return withoutWebSocket(request); // Then the client watches with a plain GET.
    }
    var response = chain.proceed(request);
    var body = response.body();
    return response
        .newBuilder()
        .body(ResponseBody.create(Okio.buffer(late(body)), body.contentType(), -1))
        .build();
  }

  private static boolean isWatch(Request request) {
    return request.url().encodedPath().endsWith("/chatbots")
        && "true".equals(request.url().queryParameter("watch"));
  }

  private static Response withoutWebSocket(Request request) {
    return new Response.Builder()
        .request(request)
        .protocol(Protocol.HTTP_1_1)
        .code(503)
        .message("No web sockets here")
        .body(ResponseBody.create("", null))
        .build();
  }

  private ForwardingSource late(ResponseBody body) {
    return new ForwardingSource(body.source()) {
      @Override
      public long read(Buffer sink, long byteCount) throws IOException {
        var read = super.read(sink, byteCount);
        try {
          Thread.sleep(delay);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        return read;
      }
    };
  }
}
