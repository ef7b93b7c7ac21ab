package ai.okchat.operator.knowledge.source;

import ai.okchat.api.v1alpha1.InlineDocument;
import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.planning.document.FileType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Reads the Markdown documents of the spec. */
record InlineDocuments(List<InlineDocument> documents, ContentLimits limits) implements Source {

  /** {@code spec.documents}. */
  record Kind() implements SourceKind {

    @Override
    public Reading read(
        KnowledgeSource source,
        SourceClients clients,
        ContentLimits limits,
        Optional<Snapshot> before) {
      return clients.readTexts(
          source, before, spec -> new InlineDocuments(spec.documents(), limits));
    }
  }

  @Override
  public Reading read(Optional<Snapshot> before) {
    return new Reading.Read(
        DocumentCollector.read(
            limits,
            collector -> {
              for (var document : documents) {
                var bytes = document.text().getBytes(StandardCharsets.UTF_8);
                collector.take(document.name(), FileType.MARKDOWN, bytes);
              }
            }));
  }
}
