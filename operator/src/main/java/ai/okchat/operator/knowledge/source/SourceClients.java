package ai.okchat.operator.knowledge.source;

import ai.okchat.operator.fetch.GitFetcher;
import ai.okchat.operator.fetch.WebFetcher;
import ai.okchat.operator.kubernetes.SpecTexts;
import io.fabric8.kubernetes.client.KubernetesClient;

/** The clients that sources are read with, inside and outside of the cluster. */
record SourceClients(
    KubernetesClient kubernetes,
    SpecTexts texts,
    SourceSecrets secrets,
    WebFetcher web,
    GitFetcher git) {}
