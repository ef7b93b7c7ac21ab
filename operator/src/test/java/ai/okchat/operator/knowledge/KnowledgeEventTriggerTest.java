package ai.okchat.operator.knowledge;

import static ai.okchat.operator.knowledge.ingestion.SourceManifest.GENERATION;
import static ai.okchat.operator.knowledge.ingestion.SourceManifest.source;
import static ai.okchat.operator.knowledge.ingestion.SourceManifest.withStatus;
import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.BackendRef.Kind;
import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.account.AccountId;
import ai.okchat.operator.account.InventoryChange;
import ai.okchat.operator.backend.BackendKey;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sources that a list of bots, or a change of their backend, triggers. */
class KnowledgeEventTriggerTest {

  private static final BackendKey DEFAULT = new BackendKey(Kind.CHATBOT_BACKEND, "team", "default");
  private static final BackendKey ANOTHER = new BackendKey(Kind.CHATBOT_BACKEND, "team", "another");
  private static final InventoryChange CHANGED =
      new InventoryChange(Set.of("bot-1"), Set.of("support"), 1);

  @AutoClose private final SourceScene scene = new SourceScene();
  private final List<ResourceID> triggered = new ArrayList<>();
  private final Map<BackendKey, List<KnowledgeSource>> sourcesOf = new HashMap<>();
  private final KnowledgeEventTrigger trigger = new KnowledgeEventTrigger(scene.connections);
  private final AccountId account = scene.connection().account().id();

  @BeforeEach
  void listen() {
    trigger
        .eventSource()
        .setEventHandler(event -> triggered.add(event.getRelatedCustomResourceID()));
    trigger.eventSource().start();
    trigger.attach(backend -> sourcesOf.getOrDefault(backend, List.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "True, 3, 0",
    "False, 3, 1",
    "Unknown, 3, 1",
    "True, 2, 1",
    "True, -1, 1",
  })
  void triggersSourcesThatWaitForTheBackend(String ready, long observed, int times) {
    // Given
    sourcesOf.put(DEFAULT, List.of(reported("docs", ready, observed)));

    // When
    trigger.listed(account, CHANGED, true);

    // Then
    assertThat(triggered).hasSize(times);
  }

  @Test
  void triggersNewAndDeletedSourcesWhenTheBackendRespondsAgain() {
    // Given
    var deleted = reported("deleted", "True", GENERATION);
    deleted.getMetadata().setDeletionTimestamp("2026-03-01T08:00:00Z");
    sourcesOf.put(
        DEFAULT,
        List.of(
            named("new"),
            deleted,
            withStatus(named("unready"), "observedGeneration: " + GENERATION),
            reported("ready", "True", GENERATION)));

    // When
    trigger.listed(account, CHANGED, true);

    // Then
    assertThat(names()).containsExactly("new", "deleted", "unready");
  }

  @Test
  void triggersNothingForAListWithoutRecovery() {
    // Given
    sourcesOf.put(DEFAULT, List.of(reported("docs", "False", GENERATION)));

    // When
    trigger.listed(account, CHANGED, false);

    // Then
    assertThat(triggered).isEmpty();
  }

  @Test
  @DisplayName("T82: the recovery of another account triggers no source of this one")
  void triggersNoSourceOfAnotherAccount() {
    // Given
    sourcesOf.put(DEFAULT, List.of(reported("docs", "False", GENERATION)));

    // When
    trigger.listed(new AccountId(account.url(), "another-digest"), CHANGED, true);

    // Then
    assertThat(triggered).isEmpty();
  }

  @Test
  void triggersNoSourceOfABackendThatLeadsToNoAccount() {
    // Given
    sourcesOf.put(ANOTHER, List.of(reported("docs", "False", GENERATION)));

    // When
    trigger.listed(account, CHANGED, true);

    // Then
    assertThat(triggered).isEmpty();
  }

  @Test
  void triggersNothingWhenAnAccountFails() {
    // Given
    sourcesOf.put(DEFAULT, List.of(reported("docs", "False", GENERATION), named("new")));

    // When
    trigger.failed(account);

    // Then
    assertThat(triggered).isEmpty();
  }

  @Test
  void triggersEachSourceOfABackendThatLeadsToAnotherAccount() {
    // Given
    sourcesOf.put(DEFAULT, List.of(reported("ready", "True", GENERATION), named("new")));
    sourcesOf.put(ANOTHER, List.of(named("elsewhere")));

    // When
    trigger.triggerUsersOf(DEFAULT);

    // Then
    assertThat(names()).containsExactly("ready", "new");
  }

  @Test
  void triggersNothingBeforeTheLookupExists() {
    // Given
    var detached = new KnowledgeEventTrigger(scene.connections);
    detached
        .eventSource()
        .setEventHandler(event -> triggered.add(event.getRelatedCustomResourceID()));
    detached.eventSource().start();

    // When
    detached.triggerUsersOf(DEFAULT);
    detached.listed(account, CHANGED, true);

    // Then
    assertThat(triggered).isEmpty();
  }

  private List<String> names() {
    return triggered.stream().map(ResourceID::getName).toList();
  }

  private static KnowledgeSource named(String name) {
    var source = source("");
    source.getMetadata().setName(name);
    return source;
  }

  private static KnowledgeSource reported(String name, String ready, long observed) {
    return withStatus(
        named(name),
        """
        observedGeneration: %d
        conditions: [{type: Ready, status: '%s', reason: Any, message: '',
          lastTransitionTime: '2026-03-01T08:00:00Z'}]
        """
            .formatted(observed, ready));
  }
}
