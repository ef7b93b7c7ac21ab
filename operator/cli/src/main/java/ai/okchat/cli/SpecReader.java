package ai.okchat.cli;

import ai.okchat.api.v1alpha1.ChatbotSpec;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads specs as the API types. A value of another type is an error that names the field: the API
 * server would reject it.
 */
final class SpecReader {
  private static final ObjectMapper MAPPER = strict();
  private static final List<String> SOURCES =
      List.of("documents", "faq", "configMap", "web", "git");

  private SpecReader() {}

  private static ObjectMapper strict() {
    var mapper = new ObjectMapper();
    mapper
        .coercionConfigFor(LogicalType.Textual)
        .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
    return mapper;
  }

  /** Reads the spec of a Chatbot. */
  static ChatbotSpec chatbot(KubeObject manifest) {
    var spec = read(manifest.json().path("spec"), ChatbotSpec.class);
    if (Objects.requireNonNullElse(spec.name(), "").isBlank()) {
      throw invalid("spec.name", "is required: it is the name that users see");
    }
    if ((spec.prompt() == null) == (spec.promptFrom() == null)) {
      throw invalid("spec", "must contain exactly one of prompt and promptFrom");
    }
    var avatar = Optional.ofNullable(spec.avatar());
    if (avatar.filter(one -> (one.url() == null) == (one.configMapKeyRef() == null)).isPresent()) {
      throw invalid("spec.avatar", "must contain exactly one of url and configMapKeyRef");
    }
    return spec;
  }

  /** Requires that a KnowledgeSource has one source. */
  static void requireOneSource(JsonNode spec) {
    if (SOURCES.stream().filter(spec::hasNonNull).count() != 1) {
      throw invalid("spec", "must contain exactly one of documents, faq, configMap, web and git");
    }
    var configMap = spec.path("configMap");
    if (configMap.isObject() && configMap.hasNonNull("name") == configMap.hasNonNull("selector")) {
      throw invalid("spec.configMap", "must contain exactly one of name and selector");
    }
  }

  /** Reads one value of a type. */
  static <T> T read(JsonNode tree, Class<T> type) {
    if (!tree.isObject()) {
      throw invalid("spec", "is missing or not an object");
    }
    try {
      return MAPPER.treeToValue(tree, type);
    } catch (JsonMappingException e) {
      var path =
          e.getPath().stream()
              .map(part -> part.getFieldName() == null ? "[]" : part.getFieldName())
              .collect(Collectors.joining("."));
      throw invalid(
          path.isEmpty() ? "spec" : "spec." + VisibleText.bounded(path, 100),
          "does not have the type that the field needs");
    } catch (JsonProcessingException e) {
      throw invalid("spec", "cannot be read");
    }
  }

  static PluginException invalid(String field, String why) {
    return PluginException.unknown(
        "%s %s. See: kubectl explain, or operator/docs/fields.md".formatted(field, why));
  }
}
