package ai.okchat.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * The address of an API server, and how the user logs in.
 *
 * @param context as messages name it
 * @param namespace of the context
 * @param authorization value of the header; null without one
 */
record ClusterLogin(
    String context,
    HttpUrl server,
    String namespace,
    OkHttpClient http,
    @Nullable String authorization) {

  private static final Path SERVICE_ACCOUNT =
      Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

  /** Logs in as kubectl does: with a kubeconfig, or as the service account of a Pod. */
  static ClusterLogin of(@Nullable Path kubeconfig, @Nullable String context, Streams streams) {
    var found = Kubeconfig.read(kubeconfig, streams);
    if (found.isPresent()) {
      return of(found.get().select(context), streams);
    }
    if (Files.isReadable(SERVICE_ACCOUNT.resolve("token"))) {
      return inCluster(streams);
    }
    throw PluginException.unknown(
        "There is no kubeconfig. Name one with --kubeconfig, or set KUBECONFIG.");
  }

  private static ClusterLogin of(Kubeconfig.Selected selected, Streams streams) {
    try {
      var user = UserCredentials.of(selected, streams);
      var ca = pem(selected.cluster(), "certificate-authority", selected.folder());
      if (Kubeconfig.text(selected.cluster(), "insecure-skip-tls-verify").equals("true")) {
        throw PluginException.unknown(
            "The plugin does not talk to an API server without checking its certificate."
                + " Set certificate-authority-data of the cluster instead of"
                + " insecure-skip-tls-verify.");
      }
      return new ClusterLogin(
          selected.context(),
          server(Kubeconfig.text(selected.cluster(), "server")),
          selected.namespace(),
          http(
              ca == null ? null : PemFiles.trusting(ca),
              user.identity(),
              Kubeconfig.text(selected.cluster(), "proxy-url"),
              streams),
          user.authorization());
    } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
      throw PluginException.unknown(
          "The credentials of the context \"%s\" cannot be used: %s. Check them with: kubectl config view"
              .formatted(selected.context(), reason(e)));
    }
  }

  private static String reason(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static ClusterLogin inCluster(Streams streams) {
    try {
      var host = streams.variable("KUBERNETES_SERVICE_HOST");
      var port = streams.variable("KUBERNETES_SERVICE_PORT");
      var ca = Files.readAllBytes(SERVICE_ACCOUNT.resolve("ca.crt"));
      return new ClusterLogin(
          "of the Pod",
          server("https://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port),
          Files.readString(SERVICE_ACCOUNT.resolve("namespace")).strip(),
          http(PemFiles.trusting(ca), null, "", streams),
          "Bearer " + Files.readString(SERVICE_ACCOUNT.resolve("token")).strip());
    } catch (GeneralSecurityException | IOException e) {
      throw PluginException.unknown(
          "The service account of the Pod cannot be used: %s. Check automountServiceAccountToken."
              .formatted(reason(e)));
    }
  }

  private static HttpUrl server(String url) {
    var parsed = HttpUrl.parse(url);
    if (parsed == null) {
      throw new IllegalArgumentException("the server of its cluster is not an address");
    }
    return parsed;
  }

  private static OkHttpClient http(
      @Nullable X509TrustManager trust,
      KeyManager @Nullable [] identity,
      String proxy,
      Streams streams)
      throws GeneralSecurityException {
    var http =
        HttpConnections.client(streams)
            .connectTimeout(Duration.ofSeconds(10))
            .readTimeout(Duration.ofSeconds(60));
    if (!proxy.isEmpty()) {
      http.proxy(proxy(URI.create(proxy)));
    }
    if (trust != null) {
      var tls = SSLContext.getInstance("TLS");
      tls.init(identity, new X509TrustManager[] {trust}, null);
      http.sslSocketFactory(new OneKeyShare(tls.getSocketFactory()), trust)
          .connectionSpecs(OneKeyShare.ATTEMPTS);
    }
    return http.build();
  }

  private static Proxy proxy(URI address) {
    var type = "socks5".equals(address.getScheme()) ? Proxy.Type.SOCKS : Proxy.Type.HTTP;
    return new Proxy(
        type, InetSocketAddress.createUnresolved(address.getHost(), address.getPort()));
  }

  /** Reads a PEM of a kubeconfig: the data itself, or the name of a file. */
  static byte @Nullable [] pem(Map<?, ?> entry, String field, Path folder) throws IOException {
    var data = Kubeconfig.text(entry, field + "-data");
    if (!data.isEmpty()) {
      return Base64.getMimeDecoder().decode(data);
    }
    var file = Kubeconfig.text(entry, field);
    return file.isEmpty() ? null : Files.readAllBytes(folder.resolve(file));
  }

  /** The credentials of a user. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record UserCredentials(@Nullable String authorization, KeyManager @Nullable [] identity) {

    static UserCredentials of(Kubeconfig.Selected selected, Streams streams)
        throws GeneralSecurityException, IOException {
      var user = selected.user();
      if (user.get("exec") instanceof Map<?, ?> exec) {
        return ExecPlugin.run(exec, selected.folder(), streams);
      }
      var certificate = pem(user, "client-certificate", selected.folder());
      var key = pem(user, "client-key", selected.folder());
      return new UserCredentials(
          authorization(user, selected.folder()).orElse(null),
          certificate == null || key == null ? null : PemFiles.identity(certificate, key));
    }

    private static Optional<String> authorization(Map<?, ?> user, Path folder) throws IOException {
      var token = Kubeconfig.text(user, "token");
      if (!token.isEmpty()) {
        return Optional.of("Bearer " + token);
      }
      var file = Kubeconfig.text(user, "tokenFile");
      if (!file.isEmpty()) {
        return Optional.of("Bearer " + Files.readString(folder.resolve(file)).strip());
      }
      var name = Kubeconfig.text(user, "username");
      return name.isEmpty()
          ? Optional.empty()
          : Optional.of(Credentials.basic(name, Kubeconfig.text(user, "password")));
    }
  }

  /** Omits the credentials. */
  @Override
  public String toString() {
    return "ClusterLogin[" + context + ", " + server + "]";
  }
}
