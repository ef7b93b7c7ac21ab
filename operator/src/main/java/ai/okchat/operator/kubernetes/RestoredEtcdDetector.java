package ai.okchat.operator.kubernetes;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Detects that etcd was restored to an older state. The API server accepts a watch that continues
 * from a version which it does not have any longer, and sends no event until its versions have
 * caught up; so informers would show a state of the past meanwhile. No version from which a path
 * was watched is newer than etcd, unless etcd was restored.
 *
 * <p>Costs one small list when a watch is established again, which happens a few times an hour.
 */
public final class RestoredEtcdDetector implements Interceptor {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Seconds; the request of a watch has no limit. */
  private static final int READ_TIMEOUT = 10;

  private final Runnable detected;

  /** The newest version from which each path was watched. */
  private final Map<String, Long> watched = new ConcurrentHashMap<>();

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
    if (url.queryParameter("watch") != null) {
      return version == null
          ? chain.proceed(chain.request())
          : watch(chain, Long.parseLong(version));
    }
    var response = chain.proceed(chain.request());
    if (url.queryParameter("limit") != null && response.isSuccessful()) {
      listed.add(selection(url));
    }
    return response;
  }

  /**
   * Sends the watch, unless the API server cannot tell its version. It would accept the watch a
   * moment later, so the error response of the list is the response to the watch.
   */
  private Response watch(Chain chain, long version) throws IOException {
    var selection = selection(chain.request().url());
    var newest = watched.merge(selection, version, Math::max);
    if (listed.remove(selection) && newest == version) {
      return chain.proceed(chain.request());
    }
    var list =
        chain.withReadTimeout(READ_TIMEOUT, TimeUnit.SECONDS).proceed(emptyList(chain.request()));
    if (!list.isSuccessful()) {
      return list;
    }
    try (list) {
      if (version(list) < newest) {
        detected.run();
      }
    }
    return chain.proceed(chain.request());
  }

  private static String selection(HttpUrl url) {
    return url.encodedPath()
        + "?"
        + Objects.toString(url.queryParameter("labelSelector"), "")
        + "&"
        + Objects.toString(url.queryParameter("fieldSelector"), "");
  }

  /** Returns the version of a list; the largest number if it has none. */
  private static long version(Response list) throws IOException {
    return JSON.readTree(list.body().byteStream())
        .at("/metadata/resourceVersion")
        .asLong(Long.MAX_VALUE);
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
    // A watch of metadata accepts one object, not a list.
    var list =
        watch
            .newBuilder()
            .url(url)
            .header("Accept", "application/json")
            .removeHeader("Upgrade")
            .removeHeader("Connection");
    watch.headers().names().stream()
        .filter(name -> name.startsWith("Sec-WebSocket-"))
        .forEach(list::removeHeader);
    return list.build();
  }
}
