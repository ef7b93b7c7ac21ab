package ai.okchat.cli;

import ai.okchat.api.v1alpha1.FaqPair;
import ai.okchat.api.v1alpha1.InlineDocument;
import ai.okchat.planning.document.Content;
import ai.okchat.planning.document.ContentSniffer;
import ai.okchat.planning.document.ContentSniffer.Finding;
import ai.okchat.planning.document.FaqJson;
import ai.okchat.planning.document.FileType;
import ai.okchat.planning.document.GeneratedConfigMaps;
import ai.okchat.planning.document.Globs;
import ai.okchat.planning.document.RejectedFile;
import ai.okchat.planning.document.SourceFile;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The documents of a KnowledgeSource as the operator sends them, as far as no conversion is needed.
 *
 * @param omitted documents that cannot be compared, each with the reason
 */
record SourceDocuments(List<SourceFile> documents, List<RejectedFile> omitted) {

  private static final int LONGEST_NAME = 1024;

  SourceDocuments {
    documents = List.copyOf(documents);
    omitted = List.copyOf(omitted);
  }

  /** Reads inline documents, questions, or the keys of ConfigMaps. */
  static SourceDocuments read(DiffInputs inputs, KubeObject manifest) {
    var spec = manifest.json().path("spec");
    var collected = new Collected();
    try {
      if (spec.path("documents").isArray()) {
        for (var tree : spec.path("documents")) {
          var document = SpecReader.read(tree, InlineDocument.class);
          collected.add(document.name(), FileType.MARKDOWN, utf8(document.text()));
        }
      } else if (spec.path("faq").isArray()) {
        collected.addQuestions(spec.path("faq"));
      } else {
        collected.addConfigMaps(inputs, manifest);
      }
    } catch (IOException e) {
      throw new IllegalStateException("Bytes in memory can be read", e);
    }
    return new SourceDocuments(collected.documents, collected.omitted);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static final class Collected {
    private final List<SourceFile> documents = new ArrayList<>();
    private final List<RejectedFile> omitted = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    void addQuestions(JsonNode trees) throws IOException {
      var pairs = new ArrayList<FaqPair>();
      trees.forEach(tree -> pairs.add(SpecReader.read(tree, FaqPair.class)));
      var files = FaqJson.files(pairs, FaqJson.DOCUMENTED_LIMIT);
      for (var i = 0; i < files.size(); i++) {
        add(FaqJson.name(i, files.size()), FileType.JSON, files.get(i));
      }
    }

    void addConfigMaps(DiffInputs inputs, KubeObject manifest) throws IOException {
      var namespace = inputs.namespaceOf(manifest);
      var source = manifest.json().path("spec").path("configMap");
      var include = new ArrayList<String>();
      source.path("include").forEach(glob -> include.add(glob.asText()));
      var globs = globs(include);
      if (source.path("selector").isObject()) {
        for (var configMap : inputs.selected(namespace, new LabelQuery(source.path("selector")))) {
          if (!GeneratedConfigMaps.include(configMap.name())) {
            addKeys(configMap, configMap.name() + "/", globs);
          }
        }
      } else {
        addKeys(
            inputs.configMap("spec.configMap", namespace, source.path("name").asText("")),
            "",
            globs);
      }
    }

    /**
     * Adds the keys of one ConfigMap.
     *
     * @param prefix distinguishes keys of the same name in several ConfigMaps
     */
    private void addKeys(KubeObject configMap, String prefix, Globs globs) throws IOException {
      for (var entry : sorted(configMap.json().path("data")).entrySet()) {
        if (globs.match(entry.getKey())) {
          add(prefix + entry.getKey(), utf8(entry.getValue().asText()));
        }
      }
      for (var entry : sorted(configMap.json().path("binaryData")).entrySet()) {
        if (globs.match(entry.getKey())) {
          add(
              prefix + entry.getKey(),
              DiffInputs.decoded(entry.getValue())
                  .orElseThrow(
                      () ->
                          PluginException.unknown(
                              "The value of the key %s of the ConfigMap %s is not base64. Correct it."
                                  .formatted(
                                      VisibleText.bounded(entry.getKey(), 200),
                                      configMap.name()))));
        }
      }
    }

    private static Globs globs(List<String> include) {
      try {
        return Globs.of(include, List.of());
      } catch (IllegalArgumentException e) {
        throw PluginException.unknown("spec.configMap.include: " + e.getMessage());
      }
    }

    private static Map<String, JsonNode> sorted(JsonNode tree) {
      var sorted = new TreeMap<String, JsonNode>();
      tree.properties().forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
      return sorted;
    }

    private void add(String name, byte[] bytes) throws IOException {
      var type = FileType.ofFileName(name);
      if (type.isPresent()) {
        add(name, type.get(), bytes);
      } else {
        omit(name, "The backend does not accept files of its type.");
      }
    }

    void add(String name, FileType type, byte[] bytes) throws IOException {
      if (type == FileType.HTML) {
        omit(name, "The operator converts HTML to Markdown.");
      } else if (utf8(name).length > LONGEST_NAME) {
        omit(VisibleText.bounded(name, 100), "Its name is longer than 1024 bytes.");
      } else {
        switch (ContentSniffer.read(type, () -> new ByteArrayInputStream(bytes))) {
          case Finding.Unchanged() -> keep(name, type, bytes);
          case Finding.Recoded recoded -> {
            var out = new ByteArrayOutputStream();
            recoded.copy(() -> new ByteArrayInputStream(bytes), out);
            keep(name, type, out.toByteArray());
          }
          case Finding.Blank() -> omit(name, "The document is empty.");
          case Finding.Rejected(var why) -> omit(name, why);
        }
      }
    }

    private void keep(String name, FileType type, byte[] bytes) {
      if (names.add(name)) {
        documents.add(new SourceFile(name, type, Content.of(bytes)));
      } else {
        omit(name, "Another document has the same name.");
      }
    }

    private void omit(String name, String why) {
      omitted.add(new RejectedFile(name, why));
    }
  }
}
