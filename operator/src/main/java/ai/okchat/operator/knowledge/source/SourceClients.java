package ai.okchat.operator.knowledge.source;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.api.v1alpha1.KnowledgeSourceSpec;
import ai.okchat.operator.fetch.GitFetcher;
import ai.okchat.operator.fetch.WebFetcher;
import ai.okchat.operator.knowledge.source.Source.Reading;
import ai.okchat.operator.kubernetes.SpecTexts;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;
import java.util.function.Function;

/** The clients that sources are read with, inside and outside of the cluster. */
record SourceClients(
    KubernetesClient kubernetes,
    SpecTexts texts,
    SourceSecrets secrets,
    WebFetcher web,
    GitFetcher git) {

  /** Reads a source whose texts are in the spec; the informers have only digests of long texts. */
  Reading readTexts(
      KnowledgeSource source,
      Optional<Snapshot> before,
      Function<KnowledgeSourceSpec, Source> files) {
    return texts
        .read(source)
        .map(spec -> files.apply(spec).read(before))
        .orElseGet(Reading.Outdated::new);
  }
}
