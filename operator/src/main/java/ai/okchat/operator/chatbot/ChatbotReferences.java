package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.ChatbotSpec;
import ai.okchat.api.v1alpha1.KeyRef;
import ai.okchat.client.Upload;
import ai.okchat.operator.backend.BackendKey;
import ai.okchat.operator.fetch.FetchException;
import ai.okchat.operator.fetch.ImageFetcher;
import ai.okchat.operator.kubernetes.SpecTexts;
import ai.okchat.operator.status.Failure;
import ai.okchat.planning.AvatarSource;
import ai.okchat.planning.ResolvedInputs;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Resolves the references of a Chatbot's spec in its namespace: the ConfigMaps of the prompt and of
 * the avatar.
 */
final class ChatbotReferences {

  /** All values, or the first reference that is missing. */
  sealed interface Resolved {

    record Values(ResolvedInputs inputs) implements Resolved {}

    record Missing(Failure failure) implements Resolved {}

    /** The spec changed after the informer read it. */
    record Outdated() implements Resolved {}
  }

  private final KubernetesClient kubernetes;
  private final SpecTexts texts;
  private final ImageFetcher fetcher;

  ChatbotReferences(KubernetesClient kubernetes, ImageFetcher fetcher) {
    this.kubernetes = kubernetes;
    this.texts = new SpecTexts(kubernetes);
    this.fetcher = fetcher;
  }

  /** Returns the names of the ConfigMaps that the spec refers to. */
  static List<String> configMaps(Chatbot chatbot) {
    var spec = chatbot.getSpec();
    var promptFrom = spec.promptFrom() == null ? null : spec.promptFrom().configMapKeyRef();
    var avatarFrom = spec.avatar() == null ? null : spec.avatar().configMapKeyRef();
    return Stream.of(Optional.ofNullable(promptFrom), Optional.ofNullable(avatarFrom))
        .flatMap(Optional::stream)
        .map(KeyRef::name)
        .distinct()
        .toList();
  }

  Resolved resolve(Chatbot chatbot) {
    return texts
        .read(chatbot)
        .map(spec -> resolve(chatbot, spec))
        .orElseGet(Resolved.Outdated::new);
  }

  private Resolved resolve(Chatbot chatbot, ChatbotSpec spec) {
    var prompt = spec.prompt();
    if (spec.promptFrom() != null) {
      var ref = spec.promptFrom().configMapKeyRef();
      var bytes = value(chatbot, ref);
      if (bytes == null) {
        return missing("spec.promptFrom", ref);
      }
      var text = text(bytes);
      if (text.isEmpty()) {
        return unusable(ref, "is not text in UTF-8");
      }
      if (text.get().isBlank()) {
        return unusable(ref, "is empty");
      }
      prompt = text.get();
    }
    return withAvatar(chatbot, prompt == null ? "" : prompt);
  }

  private Resolved withAvatar(Chatbot chatbot, String prompt) {
    var avatar = chatbot.getSpec().avatar();
    if (avatar == null) {
      return values(prompt, Optional.empty());
    }
    if (avatar.url() != null) {
      return values(prompt, Optional.of(linked(chatbot, avatar.url())));
    }
    var ref = Objects.requireNonNull(avatar.configMapKeyRef());
    var bytes = value(chatbot, ref);
    return bytes == null
        ? missing("spec.avatar", ref)
        : values(prompt, Optional.of(stored(ref, bytes)));
  }

  private static Resolved values(String prompt, Optional<AvatarSource> avatar) {
    return new Resolved.Values(new ResolvedInputs(prompt, avatar));
  }

  private static AvatarSource stored(KeyRef ref, byte[] value) {
    return AvatarSource.stored(ref, value, message -> new FetchException(message, false));
  }

  private AvatarSource linked(Chatbot chatbot, String url) {
    return AvatarSource.linked(url, requestedAt(chatbot).orElse(""), () -> fetched(url));
  }

  private Upload fetched(String url) {
    var picture = fetcher.fetchImage("spec.avatar.url", url);
    return Upload.of("avatar", picture.mediaType(), picture.bytes().toByteArray());
  }

  private byte @Nullable [] value(Chatbot chatbot, KeyRef ref) {
    var configMap =
        kubernetes
            .configMaps()
            .inNamespace(chatbot.getMetadata().getNamespace())
            .withName(ref.name())
            .get();
    return configMap == null ? null : value(configMap, ref.key());
  }

  private static byte @Nullable [] value(ConfigMap configMap, String key) {
    if (configMap.getData() != null && configMap.getData().get(key) != null) {
      return configMap.getData().get(key).getBytes(StandardCharsets.UTF_8);
    }
    return configMap.getBinaryData() == null || configMap.getBinaryData().get(key) == null
        ? null
        : Base64.getDecoder().decode(configMap.getBinaryData().get(key));
  }

  /** Returns the text without a byte order mark; empty if the bytes are not UTF-8. */
  private static Optional<String> text(byte[] bytes) {
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> requestedAt(Chatbot chatbot) {
    return Optional.ofNullable(chatbot.getMetadata().getAnnotations())
        .map(annotations -> annotations.get(ResolvedInputs.REQUESTED_AT_ANNOTATION));
  }

  static Failure backendNotFound(Chatbot chatbot) {
    return Failure.referenceNotFound(
        "The ChatbotBackend %s does not exist in this namespace or is being deleted. Create it, or name another in spec.backendRef."
            .formatted(BackendKey.of(chatbot).name()));
  }

  private static Resolved unusable(KeyRef ref, String what) {
    return new Resolved.Missing(
        Failure.referenceNotFound(
            "spec.promptFrom names the key %s of the ConfigMap %s, which %s. The bot keeps its prompt until you write one to the key."
                .formatted(ref.key(), ref.name(), what)));
  }

  private static Resolved missing(String field, KeyRef ref) {
    return new Resolved.Missing(
        Failure.referenceNotFound(
            "%s names the key %s of the ConfigMap %s, which does not exist. Create it, or change the field."
                .formatted(field, ref.key(), ref.name())));
  }
}
