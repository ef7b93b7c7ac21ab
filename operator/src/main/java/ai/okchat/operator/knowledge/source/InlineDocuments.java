package ai.okchat.operator.knowledge.source;

import ai.okchat.api.v1alpha1.InlineDocument;
import ai.okchat.operator.knowledge.document.FileType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Documents that are written into the spec, in Markdown. */
record InlineDocuments(List<InlineDocument> documents, ContentLimits limits) implements Source {

  @Override
  public Reading read(Optional<Snapshot> before) {
    return new Reading.Read(
        Intake.read(
            limits,
            intake -> {
              for (var document : documents) {
                var bytes = document.text().getBytes(StandardCharsets.UTF_8);
                intake.take(document.name(), FileType.MARKDOWN, bytes);
              }
            }));
  }
}
