package ai.okchat.operator.knowledge;

import static ai.okchat.operator.knowledge.ingestion.SourceManifest.source;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** T81: the sources that a change of a ConfigMap triggers. */
class ConfigMapUsersTest {

  private static final Map<String, String> HANDBOOK = Map.of("docs", "handbook");
  private static final Map<String, String> PRICES = Map.of("docs", "prices");

  private static final String SELECTS_HANDBOOK =
      "configMap: {selector: {matchLabels: {docs: handbook}}}";

  private final CachedSources cache = new CachedSources();
  private final KnowledgeIndex index = new KnowledgeIndex();
  private final ConfigMapUsers users = new ConfigMapUsers(index);

  @BeforeEach
  void attach() {
    index.attach(cache);
  }

  @Test
  void triggersSourcesThatNameTheConfigMap() {
    // Given
    add("team", "named", "configMap: {name: handbook}");
    add("team", "elsewhere", "configMap: {name: prices}");
    add("team", "inline", "documents: [{name: handbook, text: Nine.}]");
    add("other", "named", "configMap: {name: handbook}");

    // When
    var triggered = users.toPrimaryResourceIDs(configMap("handbook", null));

    // Then
    assertThat(triggered).isEqualTo(ids("named"));
  }

  @Test
  void triggersSourcesThatSelectTheLabels() {
    // Given
    add("team", "selecting", SELECTS_HANDBOOK);
    add(
        "team",
        "any-value",
        "configMap: {selector: {matchExpressions: [{key: docs, operator: Exists}]}}");
    add("team", "another-value", "configMap: {selector: {matchLabels: {docs: prices}}}");
    add("team", "named-like-it", "configMap: {name: another}");

    // When
    var triggered = users.toPrimaryResourceIDs(configMap("a", HANDBOOK));

    // Then
    assertThat(triggered).isEqualTo(ids("selecting", "any-value"));
  }

  @Test
  void triggersNoSelectingSourceForAConfigMapWithoutLabels() {
    // Given
    add("team", "selecting", SELECTS_HANDBOOK);

    // When
    var triggered = users.toPrimaryResourceIDs(configMap("a", null));

    // Then
    assertThat(triggered).isEqualTo(ids());
  }

  @Test
  @DisplayName("T81: a ConfigMap whose label is removed triggers the source that selected it")
  void triggersSourcesThatSelectedTheReplacedLabels() {
    // Given
    add("team", "before", SELECTS_HANDBOOK);
    add("team", "now", "configMap: {selector: {matchLabels: {docs: prices}}}");
    var now = configMap("a", PRICES);

    // When
    var accepted = users.accept(now, configMap("a", HANDBOOK));
    var triggered = users.toPrimaryResourceIDs(now);

    // Then
    assertThat(accepted).isTrue();
    assertThat(triggered).isEqualTo(ids("before", "now"));
  }

  @Test
  void triggersSourcesThatSelectedLabelsOfWhichNoneIsLeft() {
    // Given
    add("team", "before", SELECTS_HANDBOOK);
    var now = configMap("a", null);
    users.accept(now, configMap("a", HANDBOOK));

    // When
    var triggered = users.toPrimaryResourceIDs(now);

    // Then
    assertThat(triggered).isEqualTo(ids("before"));
  }

  @Test
  void forgetsReplacedLabelsAfterTheirUpdate() {
    // Given
    add("team", "before", SELECTS_HANDBOOK);
    var now = configMap("a", PRICES);
    users.accept(now, configMap("a", HANDBOOK));
    users.toPrimaryResourceIDs(now);

    // When
    var accepted = users.accept(configMap("a", PRICES), now);
    var triggered = users.toPrimaryResourceIDs(configMap("a", PRICES));

    // Then
    assertThat(accepted).isTrue();
    assertThat(triggered).isEqualTo(ids());
  }

  @Test
  void keepsReplacedLabelsOfEachConfigMapApart() {
    // Given
    add("team", "before", SELECTS_HANDBOOK);
    var otherNamespace = configMap("a", PRICES);
    otherNamespace.getMetadata().setNamespace("other");
    users.accept(configMap("a", PRICES), configMap("a", HANDBOOK));

    // When
    var triggered =
        List.of(
            users.toPrimaryResourceIDs(configMap("b", PRICES)),
            users.toPrimaryResourceIDs(otherNamespace),
            users.toPrimaryResourceIDs(configMap("a", PRICES)));

    // Then
    assertThat(triggered).containsExactly(ids(), ids(), ids("before"));
  }

  @Test
  void triggersNoNamingSourceForReplacedLabelsOfAnotherConfigMap() {
    // Given
    add("team", "named", "configMap: {name: handbook}");
    var now = configMap("a", PRICES);
    users.accept(now, configMap("a", Map.of("name", "handbook")));

    // When
    var triggered = users.toPrimaryResourceIDs(now);

    // Then
    assertThat(triggered).isEqualTo(ids());
  }

  @Test
  void acceptsEachUpdate() {
    // When
    var accepted =
        List.of(
            users.accept(configMap("a", null), configMap("a", null)),
            users.accept(configMap("a", HANDBOOK), configMap("a", null)),
            users.accept(configMap("a", HANDBOOK), configMap("a", HANDBOOK)));

    // Then
    assertThat(accepted).containsExactly(true, true, true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "", "anything"})
  @DisplayName("T18: a ledger triggers no source, even one whose selector matches it")
  void triggersNothingForALedger(String value) {
    // Given
    add(
        "team",
        "selecting",
        "configMap: {selector: {matchExpressions: [{key: docs, operator: DoesNotExist}]}}");
    add("team", "named", "configMap: {name: okchat-ledger-1}");

    // When
    var triggered =
        users.toPrimaryResourceIDs(configMap("okchat-ledger-1", Map.of("okchat.ai/ledger", value)));

    // Then
    assertThat(triggered).isEqualTo(ids());
  }

  private void add(String namespace, String name, String spec) {
    var source = source(spec);
    source.getMetadata().setNamespace(namespace);
    source.getMetadata().setName(name);
    cache.add(source);
  }

  private static Set<ResourceID> ids(String... names) {
    return Arrays.stream(names)
        .map(name -> new ResourceID(name, "team"))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static GenericKubernetesResource configMap(
      String name, @Nullable Map<String, String> labels) {
    var configMap = new GenericKubernetesResource();
    configMap.setMetadata(
        new ObjectMetaBuilder().withNamespace("team").withName(name).withLabels(labels).build());
    return configMap;
  }
}
