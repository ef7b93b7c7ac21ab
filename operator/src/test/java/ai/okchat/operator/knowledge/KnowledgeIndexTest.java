package ai.okchat.operator.knowledge;

import static ai.okchat.operator.knowledge.ingestion.SourceManifest.source;
import static ai.okchat.operator.knowledge.ingestion.SourceManifest.withStatus;
import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.BackendRef.Kind;
import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.backend.BackendKey;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sources of a Chatbot, of a namespace and of a backend. */
class KnowledgeIndexTest {

  private static final BackendKey OWN = new BackendKey(Kind.CHATBOT_BACKEND, "team", "default");
  private static final BackendKey SHARED =
      new BackendKey(Kind.CLUSTER_CHATBOT_BACKEND, "", "default");

  private static final String SENT_THROUGH_OWN =
      "backend: {kind: ChatbotBackend, name: default, uid: uid-1, urlDigest: 'sha256:url'}";
  private static final String SENT_THROUGH_SHARED =
      "backend: {kind: ClusterChatbotBackend, name: default, uid: uid-1, urlDigest: 'sha256:url'}";

  private final CachedSources cache = new CachedSources();
  private final KnowledgeIndex index = new KnowledgeIndex();

  @BeforeEach
  void attach() {
    index.attach(cache);
  }

  @Test
  void findsSourcesOfAChatbotInItsNamespaceOnly() {
    // Given
    cache.add(named("team", "docs", "support"));
    cache.add(named("team", "faq", "support"));
    cache.add(named("team", "prices", "sales"));
    cache.add(named("other", "docs", "support"));

    // When
    var found = index.of(chatbot("team", "support"));

    // Then
    assertThat(names(found)).containsExactly("team/docs", "team/faq");
  }

  @Test
  void findsSourcesOfANamespace() {
    // Given
    cache.add(named("team", "docs", "support"));
    cache.add(named("team", "prices", "sales"));
    cache.add(named("other", "docs", "support"));

    // When
    var found = index.inNamespace("team");

    // Then
    assertThat(names(found)).containsExactly("team/docs", "team/prices");
  }

  @Test
  void findsOnlyTheNamespaceWhenAnotherHasTheSameHash() {
    // Given
    assertThat("an").hasSameHashCodeAs("c0");
    cache.add(named("an", "docs", "support"));
    cache.add(named("c0", "docs", "support"));

    // When
    var found = List.of(index.inNamespace("an"), index.inNamespace("c0"));

    // Then
    assertThat(found.stream().map(sources -> names(sources)))
        .containsExactly(List.of("an/docs"), List.of("c0/docs"));
  }

  @Test
  void findsNothingBeforeTheCacheExists() {
    // Given
    var detached = new KnowledgeIndex();

    // When
    var found =
        List.of(
            detached.of(chatbot("team", "support")),
            detached.inNamespace("team"),
            detached.isUsed(OWN),
            detached.isReferredTo(OWN));

    // Then
    assertThat(found).containsExactly(List.of(), List.of(), false, false);
  }

  @Test
  @DisplayName("T8: a backend is in use while a source with the finalizer has documents there")
  void usesTheBackendThatItsDocumentsWereSentThrough() {
    // Given
    cache.add(held(withStatus(source(""), SENT_THROUGH_OWN)));

    // When
    var used = List.of(index.isUsed(OWN), index.isReferredTo(OWN), index.isUsedElsewhere(OWN));

    // Then
    assertThat(used).containsExactly(true, true, false);
  }

  @Test
  void usesNoBackendWithoutTheFinalizer() {
    // Given
    var source = withStatus(source(""), SENT_THROUGH_OWN);
    source.getMetadata().setFinalizers(List.of("example.com/other"));
    cache.add(source);

    // When
    var used = List.of(index.isUsed(OWN), index.isReferredTo(OWN));

    // Then
    assertThat(used).containsExactly(false, false);
  }

  @Test
  void usesTheBackendWhenOneOfItsSourcesHasTheFinalizer() {
    // Given
    cache.add(withStatus(named("team", "first", "support"), SENT_THROUGH_OWN));
    cache.add(held(withStatus(named("team", "second", "support"), SENT_THROUGH_OWN)));

    // When
    var used = index.isUsed(OWN);

    // Then
    assertThat(used).isTrue();
  }

  @Test
  void usesNoBackendOfAnotherNamespaceKindOrName() {
    // Given
    cache.add(held(withStatus(source(""), SENT_THROUGH_OWN)));
    var others =
        List.of(
            new BackendKey(Kind.CHATBOT_BACKEND, "other", "default"),
            new BackendKey(Kind.CHATBOT_BACKEND, "team", "another"),
            SHARED);

    // When
    var used = others.stream().map(index::isUsed).toList();

    // Then
    assertThat(used).containsExactly(false, false, false);
  }

  @Test
  void usesTheSharedBackendFromEachNamespace() {
    // Given
    cache.add(held(withStatus(named("other", "docs", "support"), SENT_THROUGH_SHARED)));

    // When
    var used = List.of(index.isUsed(SHARED), index.isUsed(OWN));

    // Then
    assertThat(used).containsExactly(true, false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "chatbotId: bot-1"})
  void usesNoBackendBeforeDocumentsAreSent(String status) {
    // Given
    var source = status.isEmpty() ? source("") : withStatus(source(""), status);
    cache.add(held(source));

    // When
    var backend = KnowledgeIndex.backendOf(source);

    // Then
    assertThat(backend).isEqualTo(Optional.empty());
    assertThat(index.isUsed(OWN)).isFalse();
  }

  @Test
  void resolvesTheRecordedBackendInTheNamespaceOfTheSource() {
    // When
    var backends =
        List.of(
            KnowledgeIndex.backendOf(withStatus(source(""), SENT_THROUGH_OWN)),
            KnowledgeIndex.backendOf(withStatus(source(""), SENT_THROUGH_SHARED)));

    // Then
    assertThat(backends).containsExactly(Optional.of(OWN), Optional.of(SHARED));
  }

  @ParameterizedTest
  @CsvSource({
    // finalizers of first and second, their ages, the owner
    "false, false, 2026-03-01T08:00:00Z, 2026-03-01T08:00:01Z, first",
    "false, false, 2026-03-01T08:00:01Z, 2026-03-01T08:00:00Z, second",
    "false, true, 2026-03-01T08:00:00Z, 2026-03-01T08:00:01Z, second",
    "true, true, 2026-03-01T08:00:01Z, 2026-03-01T08:00:00Z, second",
    "false, false, 2026-03-01T08:00:00Z, 2026-03-01T08:00:00Z, first"
  })
  @DisplayName("T90: of two sources with one tag, one owns the titles")
  void findsTheOwnerOfTitlesWithOneTag(
      boolean firstHeld, boolean secondHeld, String firstAt, String secondAt, String owner) {
    // Given
    var names = ForgedTag.twoNames("team");
    var first = created(named("team", names.getFirst(), "support"), "uid-1", firstAt);
    var second = created(named("team", names.getLast(), "support"), "uid-2", secondAt);
    cache.add(firstHeld ? held(first) : first);
    cache.add(secondHeld ? held(second) : second);
    var isFirst = owner.equals("first");

    // When
    var owners = List.of(index.titleOwnerBefore(first), index.titleOwnerBefore(second));

    // Then
    assertThat(owners)
        .containsExactly(
            isFirst ? Optional.empty() : Optional.of(second),
            isFirst ? Optional.of(first) : Optional.empty());
  }

  @Test
  @DisplayName("T90: one tag in two bots, and two tags in one bot are no conflict")
  void findsNoOwnerOfOtherTitles() {
    // Given
    var names = ForgedTag.twoNames("team");
    var at = "2026-03-01T08:00:00Z";
    var source = created(named("team", names.getFirst(), "support"), "uid-1", at);
    cache.add(source);
    cache.add(created(named("team", names.getLast(), "sales"), "uid-2", at));
    cache.add(created(named("team", "docs", "support"), "uid-0", at));

    // When
    var owner = index.titleOwnerBefore(source);

    // Then
    assertThat(owner).isEmpty();
  }

  private static KnowledgeSource created(KnowledgeSource source, String uid, String at) {
    source.getMetadata().setUid(uid);
    source.getMetadata().setCreationTimestamp(at);
    return source;
  }

  private static KnowledgeSource named(String namespace, String name, String chatbot) {
    var source = source("chatbotRef: {name: %s}".formatted(chatbot));
    source.getMetadata().setNamespace(namespace);
    source.getMetadata().setName(name);
    return source;
  }

  private static KnowledgeSource held(KnowledgeSource source) {
    source.getMetadata().setFinalizers(List.of("okchat.ai/finalizer"));
    return source;
  }

  private static Chatbot chatbot(String namespace, String name) {
    var chatbot = new Chatbot();
    chatbot.setMetadata(new ObjectMetaBuilder().withNamespace(namespace).withName(name).build());
    return chatbot;
  }

  private static List<String> names(Collection<KnowledgeSource> sources) {
    return sources.stream()
        .map(source -> source.getMetadata().getNamespace() + "/" + source.getMetadata().getName())
        .toList();
  }
}
