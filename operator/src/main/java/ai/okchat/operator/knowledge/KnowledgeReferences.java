package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the Secrets that a KnowledgeSource names. */
final class KnowledgeReferences {

  private KnowledgeReferences() {}

  static List<String> secrets(KnowledgeSource source) {
    var web = source.getSpec().web();
    var git = source.getSpec().git();
    return Stream.of(
            Optional.ofNullable(web == null ? null : web.headersSecretRef()),
            Optional.ofNullable(git == null ? null : git.secretRef()))
        .flatMap(Optional::stream)
        .map(ref -> ref.name())
        .toList();
  }
}
