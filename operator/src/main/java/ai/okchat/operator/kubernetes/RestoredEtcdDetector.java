package ai.okchat.operator.kubernetes;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Detects that etcd was restored to an older state. The API server accepts a watch that continues
 * from a version which it does not have any longer, and sends no event until its versions have
 * caught up; so informers would show a state of the past meanwhile.
 *
 * <p>Costs one small list when a watch is established again, which happens a few times an hour.
 */
public final class RestoredEtcdDetector implements Interceptor {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Runnable detected;

  /**
   * Paths that were listed and not watched since: such a watch begins with the version of its list.
   */
  private final Set<String> listed = ConcurrentHashMap.newKeySet();

  /**
   * @param detected is called each time, on a thread of the HTTP client
   */
  public RestoredEtcdDetector(Runnable detected) {
    this.detected = detected;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    var url = chain.request().url();
    var version = url.queryParameter("resourceVersion");
    if (url.queryParameter("watch") == null) {
      if (url.queryParameter("limit") != null) {
        listed.add(url.encodedPath());
      }
    } else if (version != null
        && !listed.remove(url.encodedPath())
        && newestVersion(chain) < Long.parseLong(version)) {
      detected.run();
    }
    return chain.proceed(chain.request());
  }

  /** Returns the version of an empty list; the largest number if the API server sends none. */
  private static long newestVersion(Chain chain) throws IOException {
    try (var response = chain.proceed(emptyList(chain.request()))) {
      return response.isSuccessful()
          ? JSON.readTree(response.body().byteStream())
              .at("/metadata/resourceVersion")
              .asLong(Long.MAX_VALUE)
          : Long.MAX_VALUE;
    }
  }

  private static Request emptyList(Request watch) {
    var url =
        new HttpUrl.Builder()
            .scheme(watch.url().scheme())
            .host(watch.url().host())
            .port(watch.url().port())
            .encodedPath(watch.url().encodedPath())
            .addQueryParameter("limit", "1")
            .addQueryParameter("fieldSelector", "metadata.name=none")
            .build();
    var list = watch.newBuilder().url(url).removeHeader("Upgrade").removeHeader("Connection");
    watch.headers().names().stream()
        .filter(name -> name.startsWith("Sec-WebSocket-"))
        .forEach(list::removeHeader);
    return list.build();
  }
}
