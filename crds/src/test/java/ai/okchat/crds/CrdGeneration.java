package ai.okchat.crds;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.ChatbotBackend;
import ai.okchat.api.v1alpha1.ClusterChatbotBackend;
import ai.okchat.api.v1alpha1.KnowledgeSource;
import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CustomResourceInfo;
import io.fabric8.crdv2.generator.ResolvingContext;
import io.fabric8.crdv2.generator.v1.CustomResourceHandler;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Generates the CRDs from the API types, and adds what the generator cannot do: printer columns in
 * the order of the annotations, standard types with their standard schema, and each rule once.
 */
final class CrdGeneration {
  static final List<Class<? extends CustomResource<?, ?>>> KINDS =
      List.of(
          Chatbot.class, KnowledgeSource.class, ChatbotBackend.class, ClusterChatbotBackend.class);

  private static final String SPEC = "The desired state.";
  private static final String STATUS = "The observed state. Only the operator writes it.";

  /**
   * The status until the operator writes one. Without it kstatus, and so Flux, counts a new object
   * as done: no condition says otherwise.
   */
  private static final JsonNode NOT_LOOKED_AT =
      JsonNodeFactory.instance.objectNode().put("observedGeneration", -1);

  private static final KubernetesSerialization YAML =
      new KubernetesSerialization(new ObjectMapper(), false);

  private CrdGeneration() {}

  /** The CRD of one kind, finished. */
  static CustomResourceDefinition crdOf(Class<? extends CustomResource<?, ?>> kind) {
    var generator = new CustomResourceHandler();
    generator.handle(
        CustomResourceInfo.fromClass(kind), ResolvingContext.defaultResolvingContext(false));
    var generated = generator.finish().map(Map.Entry::getKey).findFirst().orElseThrow();
    return finish((CustomResourceDefinition) generated, kind);
  }

  /** The CRD as it is committed, comment line first. */
  static String yamlOf(CustomResourceDefinition crd) {
    return "# Generated from crds/src/main/java, do not edit. To refresh: "
        + CommittedFile.REFRESH
        + "\n"
        + YAML.asYaml(crd).substring("---\n".length());
  }

  private static CustomResourceDefinition finish(CustomResourceDefinition crd, Class<?> kind) {
    var version = crd.getSpec().getVersions().getFirst();
    version.setAdditionalPrinterColumns(columnsOf(kind));
    var root = version.getSchema().getOpenAPIV3Schema();
    finish(root);
    root.setDescription(kind.getAnnotation(JsonClassDescription.class).value());
    root.setRequired(List.of("spec"));
    root.getProperties().forEach(CrdGeneration::finishPart);
    return crd;
  }

  private static void finishPart(String part, JSONSchemaProps schema) {
    if (part.equals("spec")) {
      schema.setDescription(SPEC);
    } else {
      schema.setDescription(STATUS);
      schema.setDefault(NOT_LOOKED_AT);
    }
  }

  private static List<CustomResourceColumnDefinition> columnsOf(Class<?> kind) {
    return Arrays.stream(kind.getAnnotationsByType(AdditionalPrinterColumn.class))
        .map(CrdGeneration::columnOf)
        .toList();
  }

  private static CustomResourceColumnDefinition columnOf(AdditionalPrinterColumn column) {
    var definition = new CustomResourceColumnDefinition();
    definition.setName(column.name());
    definition.setJsonPath(column.jsonPath());
    definition.setType(column.type().getValue());
    definition.setPriority(column.priority() == 0 ? null : column.priority());
    return definition;
  }

  /** Descends into properties and list items; the generator leaves rules of components twice. */
  private static void finish(JSONSchemaProps schema) {
    schema.setXKubernetesValidations(
        new ArrayList<>(new LinkedHashSet<>(schema.getXKubernetesValidations())));
    schema.getProperties().replaceAll(StandardSchemas::replace);
    schema.getProperties().values().forEach(CrdGeneration::finish);
    if (schema.getItems() != null) {
      finish(schema.getItems().getSchema());
    }
  }
}
