package ai.okchat.cli;

import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** The HTTP connections of this process. */
final class HttpConnections {
  private static @Nullable ConnectionPool pool;

  private HttpConnections() {}

  /** Starts a client that uses the proxy of the environment. */
  static synchronized OkHttpClient.Builder client(Streams streams) {
    if (pool == null) {
      pool = new ConnectionPool();
    }
    return new OkHttpClient.Builder()
        .connectionPool(pool)
        .proxySelector(new ProxyVariables(streams));
  }

  /**
   * Closes all connections. A JVM waits 300 ms at its exit for threads in native code, such as one
   * that reads an open HTTP/2 connection.
   */
  static synchronized void close() {
    if (pool != null) {
      pool.evictAll();
    }
  }
}
