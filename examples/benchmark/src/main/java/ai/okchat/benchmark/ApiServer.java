package ai.okchat.benchmark;

import ai.okchat.localcluster.LocalCluster;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.X509TrustManager;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;

/** Sends requests to the API server as a bare client. */
final class ApiServer {

  private static final MediaType JSON = MediaType.get("application/json");
  private static final MediaType MERGE_PATCH = MediaType.get("application/merge-patch+json");
  private final LocalCluster cluster;
  private final Http http;

  private ApiServer(LocalCluster cluster, Http http) {
    this.cluster = cluster;
    this.http = http;
  }

  static ApiServer of(LocalCluster cluster) {
    var config = Config.fromKubeconfig(cluster.kubeconfigYaml());
    var header = new Http.Header("Authorization", "Bearer " + config.getAutoOAuthToken());
    return new ApiServer(cluster, new Http(trusting(config), cluster.url(), header));
  }

  private static OkHttpClient trusting(Config config) {
    try {
      return new OkHttpClient.Builder()
          .sslSocketFactory(
              SSLUtils.sslContext(config).getSocketFactory(),
              (X509TrustManager) SSLUtils.trustManagers(config)[0])
          .readTimeout(Duration.ofMinutes(1))
          .build();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("cannot trust the API server of this run", e);
    }
  }

  void create(String path, String json) {
    http.send("POST", path, RequestBody.create(json, JSON));
  }

  void patch(String path, String json) {
    http.send("PATCH", path, RequestBody.create(json, MERGE_PATCH));
  }

  /** Returns the number of writes to okchat.ai objects, by all clients, since the start. */
  long writes() {
    return cluster.writes("okchat.ai");
  }

  /** Returns a client without read timeout, for long requests such as watches. */
  OkHttpClient patient() {
    return http.client().newBuilder().readTimeout(Duration.ZERO).build();
  }

  Http http() {
    return http;
  }
}
