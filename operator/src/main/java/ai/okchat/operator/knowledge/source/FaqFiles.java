package ai.okchat.operator.knowledge.source;

import ai.okchat.api.v1alpha1.FaqPair;
import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.planning.document.FaqJson;
import ai.okchat.planning.document.FileType;
import java.util.List;
import java.util.Optional;

/** Reads questions and answers in the format of the backend. */
record FaqFiles(List<FaqPair> pairs, ContentLimits limits, int fileBytes) implements Source {

  FaqFiles(List<FaqPair> pairs, ContentLimits limits) {
    this(pairs, limits, FaqJson.DOCUMENTED_LIMIT);
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
              var files = FaqJson.files(pairs, fileBytes);
              for (var i = 0; i < files.size(); i++) {
                collector.take(FaqJson.name(i, files.size()), FileType.JSON, files.get(i));
              }
            }));
  }
}
