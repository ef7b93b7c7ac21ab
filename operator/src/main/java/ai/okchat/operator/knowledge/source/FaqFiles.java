package ai.okchat.operator.knowledge.source;

import ai.okchat.api.v1alpha1.FaqPair;
import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.knowledge.document.FileType;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads questions and answers in the format of the backend: a JSON array of objects with exactly
 * {@code question} and {@code answer}, at most 10 MB a file (SPEC 3); more pairs make more files.
 */
record FaqFiles(List<FaqPair> pairs, ContentLimits limits, int fileBytes) implements Source {

  private static final int DOCUMENTED_LIMIT = 10_000_000;
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final byte[] BETWEEN = ",\n".getBytes(StandardCharsets.UTF_8);

  FaqFiles(List<FaqPair> pairs, ContentLimits limits) {
    this(pairs, limits, DOCUMENTED_LIMIT);
  }

  /** {@code spec.faq}. */
  record Kind() implements SourceKind {

    @Override
    public Reading read(
        KnowledgeSource source,
        SourceClients clients,
        ContentLimits limits,
        Optional<Snapshot> before) {
      return clients.readTexts(source, before, spec -> new FaqFiles(spec.faq(), limits));
    }
  }

  @Override
  public Reading read(Optional<Snapshot> before) {
    return new Reading.Read(
        DocumentCollector.read(
            limits,
            collector -> {
              var files = files();
              for (var i = 0; i < files.size(); i++) {
                var name = files.size() == 1 ? "faq" : "faq-" + (i + 1);
                collector.take(name, FileType.JSON, files.get(i));
              }
            }));
  }

  private List<byte[]> files() throws IOException {
    var files = new ArrayList<byte[]>();
    var file = new ByteArrayOutputStream();
    for (var pair : pairs) {
      var json = MAPPER.writeValueAsBytes(new Pair(pair.question(), pair.answer()));
      if (file.size() > 0 && file.size() + json.length + BETWEEN.length + 1 > fileBytes) {
        files.add(closed(file));
        file.reset();
      }
      file.writeBytes(file.size() == 0 ? new byte[] {'['} : BETWEEN);
      file.writeBytes(json);
    }
    files.add(closed(file));
    return files;
  }

  private static byte[] closed(ByteArrayOutputStream file) {
    file.write(']');
    return file.toByteArray();
  }

  /** The two keys that the backend accepts. */
  private record Pair(String question, String answer) {}
}
