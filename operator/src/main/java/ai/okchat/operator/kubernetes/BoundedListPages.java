package ai.okchat.operator.kubernetes;

import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.okhttp.OkHttpClientFactory;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Requests a page of a list again, with fewer objects, if the page is too long for the heap. The
 * API server limits the objects of a page, not their bytes: 500 objects can be 700 MB.
 */
public final class BoundedListPages implements Interceptor {

  /**
   * Bytes of a page. 500 Chatbots with prompts of 8 KiB are less; etcd has no object above 1.5 MiB.
   */
  static final long LONGEST = 8L * 1024 * 1024;

  private static final int DIVISOR = 4;

  /** Number of objects that the last page could have. */
  private final AtomicInteger fitting = new AtomicInteger(Integer.MAX_VALUE);

  /**
   * Returns the factory for HTTP clients of a Kubernetes client with bounded pages.
   *
   * @param everyRequest intercepts each request that is sent
   */
  public static HttpClient.Factory httpClients(Interceptor... everyRequest) {
    return new OkHttpClientFactory() {
      @Override
      protected void additionalConfig(OkHttpClient.Builder builder) {
        builder.addInterceptor(new BoundedListPages());
        for (var interceptor : everyRequest) {
          builder.addInterceptor(interceptor);
        }
      }
    };
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    var request = chain.request();
    var limit = request.url().queryParameter("limit");
    var requested = limit == null ? 0 : Integer.parseInt(limit);
    return requested < 1 || !request.method().equals("GET")
        ? chain.proceed(request)
        : list(chain, requested);
  }

  private Response list(Chain chain, int requested) throws IOException {
    var objects = Math.min(requested, fitting.get());
    while (true) {
      var response = chain.proceed(withLimit(chain.request(), objects));
      var content = response.body().source();
      if (objects == 1 || !content.request(LONGEST + 1)) {
        if (content.getBuffer().size() < LONGEST / DIVISOR) {
          fitting.set(Math.multiplyExact(2, Math.min(requested, objects)));
        }
        return response;
      }
      response.close();
      objects = Math.max(1, objects / DIVISOR);
      fitting.set(objects);
    }
  }

  private static Request withLimit(Request request, int objects) {
    var url = request.url().newBuilder().setQueryParameter("limit", Integer.toString(objects));
    return request.newBuilder().url(url.build()).build();
  }
}
