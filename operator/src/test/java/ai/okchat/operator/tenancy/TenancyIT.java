package ai.okchat.operator.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.okchat.operator.status.Reason;
import ai.okchat.operator.testing.OperatorFixture;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Access to an account that namespaces share, and isolation between the namespaces. */
@SuppressWarnings("NullAway.Init") // Opened before each test.
final class TenancyIT {

  @RegisterExtension final OperatorFixture world = new OperatorFixture();

  private SharedAccount account;

  @BeforeEach
  void open() {
    account = new SharedAccount(world);
  }

  @AfterEach
  void close() {
    account.close();
  }

  @Test
  void deniesEveryNamespaceByDefault() {
    // Given
    var team = account.team(Map.of());
    account.allow("");

    // When
    account.applyBot(team, "support");

    // Then
    var denied = account.awaitBot(team, "support", Reason.ReferenceNotPermitted);
    assertThat(SharedAccount.message(denied))
        .isEqualTo(
            "The ClusterChatbotBackend %s does not exist or does not allow the namespace %s. Ask the administrator of the cluster to add the namespace to its spec.allowedNamespaces, or name a ChatbotBackend of this namespace in spec.backendRef."
                .formatted(account.name(), team));
    assertThat(denied.getMetadata().getFinalizers()).isEmpty();
    assertThat(world.backend().bots()).isEmpty();
  }

  @Test
  void hidesExistenceFromOtherNamespaces() {
    // Given
    var team = account.team(Map.of());
    account.applyBot(team, "early");
    var absent = account.awaitBot(team, "early", Reason.ReferenceNotPermitted);
    account.allow("");
    account.awaitObject(Reason.Ready);

    // When
    account.applyBot(team, "late");
    var denied = account.awaitBot(team, "late", Reason.ReferenceNotPermitted);

    // Then
    assertThat(SharedAccount.message(denied)).isEqualTo(SharedAccount.message(absent));
  }

  @Test
  void admitsOnlyNamespacesByNameAndLabel() {
    // Given
    var named = account.team(Map.of());
    var labelled = account.team(Map.of("chat", "yes"));
    var other = account.team(Map.of("chat", "no"));
    account.allow("{names: [%s], selector: {matchLabels: {chat: \"yes\"}}}".formatted(named));

    // When
    account.applyBot(named, "support");
    account.applyBot(labelled, "support");
    account.applyBot(other, "support");

    // Then
    account.awaitBot(named, "support", Reason.Ready);
    account.awaitBot(labelled, "support", Reason.Ready);
    account.awaitBot(other, "support", Reason.ReferenceNotPermitted);
    assertThat(world.backend().bots()).hasSize(2);
    assertThat(account.awaitObject(Reason.Ready).getMetadata().getFinalizers())
        .containsExactly("okchat.ai/finalizer");
  }

  @Test
  void removedPermissionDeletesNothingInTheBackend() {
    // Given
    var team = account.team(Map.of());
    account.allow("{names: [%s]}".formatted(team));
    account.applyBot(team, "support");
    var id = OperatorFixture.idOf(account.awaitBot(team, "support", Reason.Ready));
    account.applyKnowledge(team, "support");
    account.awaitKnowledge(team, "support", Reason.Ready);
    world.backend().clearJournal();

    // When
    account.allow("{names: [another]}");
    account.awaitBot(team, "support", Reason.ReferenceNotPermitted);
    account.awaitKnowledge(team, "support", Reason.ReferenceNotPermitted);
    account.applyBot(team, "support", "greeting: Hello.");
    account.awaitBot(team, "support", Reason.ReferenceNotPermitted);

    // Then
    assertThat(world.backend().endpoints()).isEmpty();
    assertThat(world.backend().bots()).hasSize(1);
    assertThat(world.backend().documents(id)).hasSize(1);
  }

  @Test
  void recoversWhenThePermissionIsGrantedAgain() {
    // Given
    var team = account.team(Map.of());
    account.allow("{names: [%s]}".formatted(team));
    account.applyBot(team, "support");
    var id = OperatorFixture.idOf(account.awaitBot(team, "support", Reason.Ready));
    account.applyKnowledge(team, "support");
    account.awaitKnowledge(team, "support", Reason.Ready);
    account.allow("");
    account.awaitKnowledge(team, "support", Reason.ReferenceNotPermitted);
    account.awaitBot(team, "support", Reason.ReferenceNotPermitted);

    // When
    account.allow("{names: [%s]}".formatted(team));

    // Then
    assertThat(OperatorFixture.idOf(account.awaitBot(team, "support", Reason.Ready))).isEqualTo(id);
    account.awaitKnowledge(team, "support", Reason.Ready);
  }

  @Test
  void removedLabelRemovesThePermission() {
    // Given
    var team = account.team(Map.of("chat", "yes"));
    account.allow("{selector: {matchLabels: {chat: \"yes\"}}}");
    account.applyBot(team, "support");
    account.awaitBot(team, "support", Reason.Ready);
    account.applyKnowledge(team, "support");
    account.awaitKnowledge(team, "support", Reason.Ready);

    // When
    account.label(team, "chat", "no");

    // Then
    account.awaitBot(team, "support", Reason.ReferenceNotPermitted);
    account.awaitKnowledge(team, "support", Reason.ReferenceNotPermitted);
    account.label(team, "chat", "yes");
    account.awaitBot(team, "support", Reason.Ready);
    account.awaitKnowledge(team, "support", Reason.Ready);
  }

  @Test
  void deletesNothingWithoutPermissionAndNamesFixes() {
    // Given
    var team = teamWithABot();
    account.allow("");
    account.awaitBot(team, "support", Reason.ReferenceNotPermitted);

    // When
    account.bot(team, "support").delete();
    var blocked = account.awaitBot(team, "support", Reason.DeletionBlocked);

    // Then
    assertThat(SharedAccount.message(blocked))
        .contains("does not allow the namespace", "spec.deletionPolicy: Orphan");
    assertThat(world.backend().bots()).hasSize(1);
    account.allow("{names: [%s]}".formatted(team));
    account.awaitGone(account.bot(team, "support"));
    assertThat(world.backend().bots()).isEmpty();
  }

  @Test
  void keepsUsedBackendUntilTheLastBotIsDeleted() {
    // Given
    var team = teamWithABot();

    // When
    account.object().delete();
    account.awaitObject(Reason.InUse);
    account.bot(team, "support").delete();

    // Then
    account.awaitGone(account.bot(team, "support"));
    account.awaitGone(account.object());
    assertThat(world.backend().bots()).isEmpty();
  }

  @Test
  void cleansUpWithLastKeyWhenTheSecretIsLost() {
    // Given
    var team = teamWithABot();

    // When
    world.kubernetes().secrets().inNamespace(world.namespace()).withName("okchat").delete();
    account.awaitObject(Reason.ReferenceNotFound);
    account.applyBot(team, "support", "greeting: Hello.");
    var told = account.awaitBot(team, "support", Reason.ReferenceNotFound);
    account.bot(team, "support").delete();

    // Then
    assertThat(SharedAccount.message(told))
        .isEqualTo(
            "The ClusterChatbotBackend %s is not Ready. Ask the administrator of the cluster, who sees its conditions."
                .formatted(account.name()));
    account.awaitGone(account.bot(team, "support"));
    assertThat(world.backend().bots()).isEmpty();
  }

  @Test
  void copiedAnnotationsGiveNoBotOfAnotherTenant() {
    // Given
    var victim = account.team(Map.of());
    var thief = account.team(Map.of());
    account.allow("{names: [%s, %s]}".formatted(victim, thief));
    account.applyBot(victim, "secret-plan", "description: PLANTED-DESCRIPTION");
    var robbed = account.awaitBot(victim, "secret-plan", Reason.Ready);
    var slug = robbed.getStatus().slug();
    account.applyBot(thief, "copy", "suspend: true");
    account.awaitBot(thief, "copy", Reason.Suspended);
    var uid = account.bot(thief, "copy").require().getMetadata().getUid();
    world.backend().clearJournal();

    // When
    account.apply(
        thief,
        """
        apiVersion: okchat.ai/v1alpha1
        kind: Chatbot
        metadata:
          name: copy
          finalizers: [okchat.ai/finalizer]
          annotations: {okchat.ai/slug: %s, okchat.ai/claim: "%s@2026-01-01T00:00:00Z"}
        spec:
          backendRef: {kind: ClusterChatbotBackend, name: %s}
          slug: %s
          name: Mine now
          prompt: You are mine.
          adoption: BySlug
        """
            .formatted(slug, uid, account.name(), slug));
    var refused = account.awaitBot(thief, "copy", Reason.SlugTaken);
    account.bot(thief, "copy").delete();
    account.awaitGone(account.bot(thief, "copy"));

    // Then
    assertThat(Serialization.asYaml(refused.getStatus()))
        .doesNotContain("PLANTED", "You help.", OperatorFixture.idOf(robbed));
    assertThat(world.backend().endpoints()).doesNotContain("update-chatbot", "delete-chatbot");
    assertThat(world.backend().bot(OperatorFixture.idOf(robbed)).path("name").asText())
        .isEqualTo("Bot secret-plan");
  }

  @Test
  void noTenantAdoptsAnUnownedBot() {
    // Given
    var made = world.backend().createInDashboard(Map.of("name", "By hand", "slug", "by-hand"));
    var team = account.team(Map.of());
    account.allow("{names: [%s]}".formatted(team));

    // When
    account.applyBot(team, "mine", "slug: by-hand", "adoption: BySlug");
    account.awaitBot(team, "mine", Reason.SlugTaken);
    account.bot(team, "mine").delete();
    account.awaitGone(account.bot(team, "mine"));

    // Then
    assertThat(world.backend().bot(made.path("id").asText()).path("name").asText())
        .isEqualTo("By hand");
  }

  @Test
  void namespacedBackendCannotUseSecretOfAnotherNamespace() {
    // Given
    var team = account.team(Map.of());
    var yaml =
        """
        apiVersion: okchat.ai/v1alpha1
        kind: ChatbotBackend
        metadata: {name: default, namespace: %s}
        spec:
          url: %s
          allowInsecure: true
          apiKeySecretRef: {namespace: %s, name: okchat, key: api-key}
        """
            .formatted(team, world.backend().url(), world.namespace());
    var backend = Serialization.unmarshal(yaml, GenericKubernetesResource.class);

    // When
    world.kubernetes().resource(backend).create(); // The field is dropped.
    account.apply(
        team,
        """
        apiVersion: okchat.ai/v1alpha1
        kind: Chatbot
        metadata: {name: support}
        spec: {name: Support, prompt: You help.}
        """);

    // Then
    account.awaitBot(team, "support", Reason.ReferenceNotFound);
    assertThat(world.backend().bots()).isEmpty();
    assertThatThrownBy(() -> world.kubernetes().resource(backend).serverSideApply())
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining(".spec.apiKeySecretRef.namespace: field not declared in schema");
  }

  /** An allowed namespace whose Chatbot {@code support} is Ready. */
  private String teamWithABot() {
    var team = account.team(Map.of());
    account.allow("{names: [%s]}".formatted(team));
    account.applyBot(team, "support");
    account.awaitBot(team, "support", Reason.Ready);
    return team;
  }
}
