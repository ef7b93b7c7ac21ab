package ai.okchat.operator.kubernetes;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.ChatbotSpec;
import ai.okchat.api.v1alpha1.FaqPair;
import ai.okchat.api.v1alpha1.InlineDocument;
import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.api.v1alpha1.KnowledgeSourceSpec;
import ai.okchat.api.v1alpha1.WebSource;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.util.StdConverter;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;
import java.util.Optional;

/**
 * Reads the long texts of specs. The informers omit them, and a reconciliation that needs them
 * reads the object, so that the heap does not grow with the texts of users.
 */
public final class SpecTexts {

  /** Characters of one object that informers keep. */
  static final int KEPT = 16 * 1024;

  /** Represents an omitted text: the schema admits no blank text. */
  private static final String OMITTED = "";

  private static final List<InlineDocument> OMITTED_DOCUMENTS =
      List.of(new InlineDocument(OMITTED, OMITTED));
  private static final List<FaqPair> OMITTED_FAQ = List.of(new FaqPair(OMITTED, OMITTED));

  private static final List<String> OMITTED_URLS = List.of(OMITTED);

  /** Omits nothing. */
  private static final ObjectMapper WHOLE =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private final KubernetesClient kubernetes;

  public SpecTexts(KubernetesClient kubernetes) {
    this.kubernetes = kubernetes;
  }

  /** Configures the mapper of a client to omit long texts. */
  public static ObjectMapper omittedBy(ObjectMapper mapper) {
    return mapper
        .addMixIn(ChatbotSpec.class, ShortPrompt.class)
        .addMixIn(KnowledgeSourceSpec.class, FewDocuments.class)
        .addMixIn(WebSource.class, FewUrls.class);
  }

  /**
   * Reads the spec with all its texts.
   *
   * @return empty if the object has been changed or recreated; the informer is about to report it
   */
  public Optional<ChatbotSpec> read(Chatbot chatbot) {
    var spec = chatbot.getSpec();
    return OMITTED.equals(spec.prompt()) ? whole(chatbot, ChatbotSpec.class) : Optional.of(spec);
  }

  /** As {@link #read(Chatbot)}. */
  public Optional<KnowledgeSourceSpec> read(KnowledgeSource source) {
    var spec = source.getSpec();
    return spec.documents().equals(OMITTED_DOCUMENTS)
            || spec.faq().equals(OMITTED_FAQ)
            || (spec.web() != null && spec.web().urls().equals(OMITTED_URLS))
        ? whole(source, KnowledgeSourceSpec.class)
        : Optional.of(spec);
  }

  private <S> Optional<S> whole(HasMetadata cached, Class<S> type) {
    var metadata = cached.getMetadata();
    return Optional.ofNullable(
            kubernetes
                .genericKubernetesResources(
                    ResourceDefinitionContext.fromResourceType(cached.getClass()))
                .inNamespace(metadata.getNamespace())
                .withName(metadata.getName())
                .get())
        .filter(now -> now.getMetadata().getUid().equals(metadata.getUid()))
        .filter(now -> now.getMetadata().getGeneration().equals(metadata.getGeneration()))
        .map(now -> WHOLE.convertValue(now.getAdditionalProperties().get("spec"), type));
  }

  interface ShortPrompt {
    @JsonDeserialize(converter = PromptConverter.class)
    String prompt();
  }

  interface FewDocuments {
    @JsonDeserialize(converter = DocumentsConverter.class)
    List<InlineDocument> documents();

    @JsonDeserialize(converter = FaqConverter.class)
    List<FaqPair> faq();
  }

  interface FewUrls {
    @JsonDeserialize(converter = UrlsConverter.class)
    List<String> urls();
  }

  static final class PromptConverter extends StdConverter<String, String> {
    @Override
    public String convert(String prompt) {
      return prompt.length() > KEPT ? OMITTED : prompt;
    }
  }

  static final class DocumentsConverter
      extends StdConverter<List<InlineDocument>, List<InlineDocument>> {
    @Override
    public List<InlineDocument> convert(List<InlineDocument> documents) {
      var characters = documents.stream().mapToInt(document -> document.text().length()).sum();
      return characters > KEPT ? OMITTED_DOCUMENTS : documents;
    }
  }

  static final class UrlsConverter extends StdConverter<List<String>, List<String>> {
    @Override
    public List<String> convert(List<String> urls) {
      return urls.stream().mapToInt(String::length).sum() > KEPT ? OMITTED_URLS : urls;
    }
  }

  static final class FaqConverter extends StdConverter<List<FaqPair>, List<FaqPair>> {
    @Override
    public List<FaqPair> convert(List<FaqPair> faq) {
      var characters =
          faq.stream().mapToInt(pair -> pair.question().length() + pair.answer().length()).sum();
      return characters > KEPT ? OMITTED_FAQ : faq;
    }
  }
}
