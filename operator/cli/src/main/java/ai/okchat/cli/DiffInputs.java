package ai.okchat.cli;

import ai.okchat.client.OkChatClient;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The objects and accounts that manifests are compared with: first the manifests themselves, then
 * the cluster. Offline, there is one account and no cluster.
 */
final class DiffInputs {

  /** Opens the account of a backend object. */
  @FunctionalInterface
  interface Accounts {
    OkChatClient open(String namespace, BackendName backend);
  }

  /** Characters of base64 come in groups; the decoder accepts the last without its end. */
  private static final int BASE64_GROUP = 4;

  private final List<Manifest> manifests;
  private final @Nullable ClusterClient cluster;
  private final String namespace;
  private final Accounts accounts;
  private final Instant now;
  private final Printer printer;
  private final Map<String, AccountReader> opened = new HashMap<>();
  private final Map<String, List<KubeObject>> chatbots = new HashMap<>();
  private boolean seesOnlyNamespaces;

  /**
   * @param cluster null: offline
   * @param namespace of objects whose manifest names none; empty if it is not known
   * @param printer for notes about a backend that throttles
   */
  DiffInputs(
      List<Manifest> manifests,
      @Nullable ClusterClient cluster,
      String namespace,
      Accounts accounts,
      Instant now,
      Printer printer) {
    this.manifests = manifests;
    this.cluster = cluster;
    this.namespace = namespace;
    this.accounts = accounts;
    this.now = now;
    this.printer = printer;
  }

  Instant now() {
    return now;
  }

  boolean isOffline() {
    return cluster == null;
  }

  String namespaceOf(KubeObject object) {
    return object.namespace().isEmpty() ? namespace : object.namespace();
  }

  /** Finds an object of the manifests. */
  Optional<KubeObject> given(ResourceType type, String inNamespace, String name) {
    return manifests.stream()
        .map(Manifest::object)
        .filter(object -> object.type().equals(type) && object.name().equals(name))
        .filter(object -> namespaceOf(object).equals(inNamespace))
        .findFirst();
  }

  /** Finds an object of the cluster; empty offline. */
  Optional<KubeObject> live(ResourceType type, String inNamespace, String name) {
    return cluster == null
        ? Optional.empty()
        : cluster.get(type, inNamespace, ObjectName.checked(name));
  }

  /** Returns an annotation after an apply, which keeps those that the manifest omits. */
  static String annotation(KubeObject manifest, @Nullable KubeObject live, String key) {
    var given = manifest.annotation(key);
    return given.isEmpty() && live != null ? live.annotation(key) : given;
  }

  /**
   * Finds the Chatbot whose status has this ID from this URL: in all namespaces, or in the one of
   * the manifest without the right to list all ({@link #seesOnlyNamespaces}).
   */
  Optional<KubeObject> owner(String inNamespace, String botId, String urlDigest) {
    return (seesOnlyNamespaces ? chatbots(inNamespace) : allChatbots(inNamespace))
        .stream()
            .filter(chatbot -> chatbot.text("status", "id").equals(botId))
            .filter(chatbot -> chatbot.text("status", "backend", "urlDigest").equals(urlDigest))
            .findFirst();
  }

  /** Returns whether {@link #owner} did not see the Chatbots of other namespaces. */
  boolean seesOnlyNamespaces() {
    return seesOnlyNamespaces;
  }

  private List<KubeObject> allChatbots(String inNamespace) {
    try {
      return chatbots("");
    } catch (PluginException missingRight) {
      seesOnlyNamespaces = true;
      return chatbots(inNamespace);
    }
  }

  private List<KubeObject> chatbots(String inNamespace) {
    return cluster == null
        ? List.of()
        : chatbots.computeIfAbsent(
            inNamespace,
            name -> cluster.list(Kind.CHATBOT.type(), name, Map.of(), KubeObject::abridged));
  }

  /** Returns one reader for each backend object; offline, there is one account. */
  AccountReader account(String inNamespace, BackendName backend) {
    var owner = backend.kind().type().namespaced() ? inNamespace : "";
    return opened.computeIfAbsent(
        isOffline() ? "" : owner + "/" + backend,
        _ -> new AccountReader(accounts.open(inNamespace, backend), printer));
  }

  /**
   * Returns the value of a key of a ConfigMap.
   *
   * @param field of the spec that names it
   */
  byte[] value(String field, String inNamespace, String configMap, String key) {
    var json = configMap(field, inNamespace, configMap).json();
    var text = json.path("data").path(key);
    if (text.isTextual()) {
      return text.textValue().getBytes(StandardCharsets.UTF_8);
    }
    return decoded(json.path("binaryData").path(key))
        .orElseThrow(
            () ->
                PluginException.unknown(
                    "%s names the key %s of the ConfigMap %s, which does not exist. Create it, or change the field."
                        .formatted(field, key, configMap)));
  }

  KubeObject configMap(String field, String inNamespace, String name) {
    if (!ObjectName.isValid(name)) {
      throw SpecReader.invalid(
          field, "needs the name of a ConfigMap: lower-case letters, digits, hyphens and dots");
    }
    return given(ResourceType.CONFIG_MAP, inNamespace, name)
        .or(() -> live(ResourceType.CONFIG_MAP, inNamespace, name))
        .orElseThrow(
            () ->
                PluginException.unknown(
                    "%s names the ConfigMap %s, which %s. Create it, or change the field."
                        .formatted(
                            field,
                            name,
                            isOffline() ? "is not in the manifests" : "does not exist")));
  }

  /** Lists the ConfigMaps that a selector matches after an apply, by name. */
  Collection<KubeObject> selected(String inNamespace, LabelQuery query) {
    var byName = new TreeMap<String, KubeObject>();
    if (cluster != null) {
      cluster
          .list(ResourceType.CONFIG_MAP, inNamespace, Map.of("labelSelector", query.text()))
          .forEach(configMap -> byName.put(configMap.name(), configMap));
    }
    manifests.stream()
        .map(Manifest::object)
        .filter(object -> object.type().equals(ResourceType.CONFIG_MAP))
        .filter(object -> namespaceOf(object).equals(inNamespace))
        .forEach(
            object -> {
              byName.remove(object.name());
              if (query.matches(object)) {
                byName.put(object.name(), object);
              }
            });
    return byName.values();
  }

  /** Returns the bytes of a value of {@code binaryData}, as the API server reads them. */
  static Optional<byte[]> decoded(JsonNode value) {
    var text = value.asText("").replace("\r", "").replace("\n", "");
    if (!value.isTextual() || text.length() % BASE64_GROUP != 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Returns the text without a byte order mark; empty if the bytes are not UTF-8. */
  static Optional<String> text(byte[] bytes) {
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
