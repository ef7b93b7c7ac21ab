package ai.okchat.cli;

import ai.okchat.client.ApiKey;
import ai.okchat.client.CallObserver;
import ai.okchat.client.Endpoint;
import ai.okchat.client.OkChatClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/**
 * Opens the backend of an object: with the address of its backend object, and the API key of its
 * Secret or of the environment. The key is never an argument, because other users of a machine can
 * read arguments.
 */
final class BackendAccess {
  /** The variable that has precedence over the Secret. */
  static final String KEY_VARIABLE = "OKCHAT_API_KEY";

  static final Duration TIMEOUT = Duration.ofMinutes(2);

  private final ClusterClient cluster;
  private final Streams streams;

  /**
   * A bot in the backend.
   *
   * @param id of the backend
   */
  record OpenBot(OkChatClient client, String id) {}

  BackendAccess(ClusterClient cluster, Streams streams) {
    this.cluster = cluster;
    this.streams = streams;
  }

  /** Opens the bot of a Chatbot. */
  OpenBot open(String namespace, String chatbotName) {
    var chatbot =
        cluster
            .get(Kind.CHATBOT.type(), namespace, chatbotName)
            .orElseThrow(() -> VerbCommand.absent(Kind.CHATBOT, chatbotName, namespace));
    var id = chatbot.text("status", "id");
    if (id.isEmpty()) {
      throw PluginException.no(
          "Chatbot/%s has no bot yet. Find the cause with: kubectl okchat why %s"
              .formatted(chatbotName, chatbotName));
    }
    return new OpenBot(client(namespace, BackendName.of(chatbot)), id);
  }

  /** Opens the account of a backend object. */
  OkChatClient client(String namespace, BackendName name) {
    var backend =
        cluster
            .get(name.kind().type(), namespace, name.name())
            .orElseThrow(
                () ->
                    PluginException.no(
                        "%s does not exist. Create it: examples/chatbot-backend.yaml"
                            .formatted(name)));
    return client(namespace, backend);
  }

  OkChatClient client(String namespace, KubeObject backend) {
    var url = HttpUrl.parse(backend.text("spec", "url"));
    if (url == null) {
      throw PluginException.unknown(
          "The URL of %s cannot be used. Correct spec.url.".formatted(backend.title()));
    }
    try {
      return new OkChatClient(
          http(namespace, backend),
          new Endpoint(url, key(namespace, backend), TIMEOUT),
          CallObserver.NONE);
    } catch (IllegalArgumentException e) {
      throw PluginException.unknown(
          "The connection of %s cannot be used: %s.".formatted(backend.title(), e.getMessage()));
    }
  }

  private ApiKey key(String namespace, KubeObject backend) {
    var given = streams.variable(KEY_VARIABLE);
    if (!given.isEmpty()) {
      return ApiKey.of(given);
    }
    var secret = backend.text("spec", "apiKeySecretRef", "name");
    var key = backend.text("spec", "apiKeySecretRef", "key");
    var encoded =
        secret(namespaceOf(backend, namespace, "apiKeySecretRef"), secret)
            .orElseThrow(
                () ->
                    PluginException.no(
                        "The Secret %s of %s does not exist. Create it, or set %s."
                            .formatted(secret, backend.title(), KEY_VARIABLE)))
            .json()
            .path("data")
            .path(key)
            .asText("");
    if (encoded.isEmpty()) {
      throw PluginException.no(
          "The Secret %s has no key %s. Write the API key there, or set %s."
              .formatted(secret, key, KEY_VARIABLE));
    }
    return ApiKey.of(new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8));
  }

  private Optional<KubeObject> secret(String namespace, String name) {
    try {
      return cluster.get(ResourceType.SECRET, namespace, ObjectName.checked(name));
    } catch (PluginException missingRight) {
      throw PluginException.unknown(missingRight.getMessage() + " Or set " + KEY_VARIABLE + ".");
    }
  }

  /** A cluster-scoped object names the namespace of what it refers to. */
  private static String namespaceOf(KubeObject backend, String namespace, String reference) {
    var named = backend.text("spec", reference, "namespace");
    return named.isEmpty() ? namespace : named;
  }

  private OkHttpClient http(String namespace, KubeObject backend) {
    var http = HttpConnections.client(streams);
    var reference = backend.json().path("spec").path("caBundle").path("configMapRef");
    if (reference.isObject()) {
      var name = reference.path("name").asText();
      var pem =
          cluster
              .get(
                  ResourceType.CONFIG_MAP,
                  reference.path("namespace").asText(namespace),
                  ObjectName.checked(name))
              .map(map -> map.json().path("data").path(reference.path("key").asText()).asText(""))
              .orElse("");
      trust(http, pem, name);
    }
    return http.build();
  }

  private static void trust(OkHttpClient.Builder http, String pem, String configMap) {
    try {
      var trust = PemFiles.trustingAlso(pem.getBytes(StandardCharsets.US_ASCII));
      var tls = SSLContext.getInstance("TLS");
      tls.init(null, new X509TrustManager[] {trust}, null);
      http.sslSocketFactory(tls.getSocketFactory(), trust);
    } catch (GeneralSecurityException | IOException e) {
      throw PluginException.unknown(
          "The CA bundle in the ConfigMap %s has no certificate. Correct spec.caBundle."
              .formatted(configMap));
    }
  }
}
