package ai.okchat.operator.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.operator.status.Reason;
import ai.okchat.operator.testing.OperatorFixture;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Ownership of bots on a shared account, against a tenant who tries to get another's bot. */
final class SharedOwnershipIT {

  @RegisterExtension final OperatorFixture world = new OperatorFixture();

  private SharedAccount account;
  private String victim;
  private String thief;

  @BeforeEach
  void shareAnAccount() {
    account = new SharedAccount(world);
    victim = account.team(Map.of());
    thief = account.team(Map.of());
    account.allow("{names: [%s, %s]}".formatted(victim, thief));
  }

  @AfterEach
  void end() {
    account.close();
  }

  @Test
  @DisplayName(
      "T45: an ID that a server of the tenant returned gives no access to a bot of another tenant")
  void idFromATenantServerGivesNoAccessToAnotherBot() throws IOException {
    // Given
    account.applyBot(victim, "plan");
    var robbed = account.awaitBot(victim, "plan", Reason.Ready);
    try (var server = new HostileBackend(OperatorFixture.idOf(robbed), organization(robbed))) {
      account.apply(thief, backendAt(server.url()));
      account.apply(thief, chatbotOnOwnBackend());
      var poisoned = account.awaitBot(thief, "mine", Reason.Ready);
      world.backend().clearJournal();

      // When
      var rejection =
          assertThatExceptionOfType(KubernetesClientException.class)
              .isThrownBy(() -> account.applyBot(thief, "mine", "description: Owned"));
      restoreWithStatus(poisoned);
      var stalled = account.awaitBot(thief, "mine", Reason.AccountChanged);
      account.bot(thief, "mine").delete();
      account.awaitBot(thief, "mine", Reason.DeletionBlocked);

      // Then
      rejection.withMessageContaining("backendRef cannot be changed once the bot exists");
      assertThat(poisoned.getStatus().id()).isEqualTo(robbed.getStatus().id());
      assertThat(backendOf(stalled)).isEqualTo("mine");
      assertThat(world.backend().endpoints()).isEmpty();
    }
  }

  @Test
  @DisplayName("T51: edited annotations move no bot between namespaces")
  void editedAnnotationsMoveNoBot() {
    // Given
    account.applyBot(victim, "plan", "slug: v-bot");
    var robbed = account.awaitBot(victim, "plan", Reason.Ready);
    account.applyBot(thief, "first");
    var first = account.awaitBot(thief, "first", Reason.Ready);
    account.applyBot(thief, "second", "suspend: true");
    var second = account.awaitBot(thief, "second", Reason.Suspended);
    var slug = first.getStatus().slug();
    world.backend().clearJournal();

    // When
    annotate(thief, "first", Map.of("okchat.ai/slug", "v-bot"));
    annotate(
        thief,
        "second",
        Map.of(
            "okchat.ai/slug",
            slug,
            "okchat.ai/claim",
            second.getMetadata().getUid() + "@" + Instant.now()));
    account.applyBot(thief, "second", "slug: " + slug);
    account.awaitBot(thief, "second", Reason.SlugConflict);
    world.backend().deleteInDashboard(OperatorFixture.idOf(first));
    annotate(thief, "first", Map.of("okchat.ai/reconcile-requested-at", "now"));
    world.awaitPolls(4);

    // Then
    assertThat(world.backend().bot(OperatorFixture.idOf(robbed)).path("name").asText())
        .isEqualTo("Bot plan");
    assertThat(world.backend().endpoints()).doesNotContain("update-chatbot", "delete-chatbot");
  }

  @Test
  @DisplayName("T52: an annotation of one tenant blocks no slug of another tenant")
  void annotationOfATenantBlocksNoSlugOfAnother() {
    // Given
    account.applyBot(thief, "mine");
    account.awaitBot(thief, "mine", Reason.Ready);

    // When
    annotate(thief, "mine", Map.of("okchat.ai/slug", "wanted"));
    account.applyBot(victim, "plan", "slug: wanted");

    // Then
    assertThat(account.awaitBot(victim, "plan", Reason.Ready).getStatus().slug())
        .isEqualTo("wanted");
  }

  @Test
  @DisplayName("T2: on a shared account a bot whose response was lost is found by its claim")
  void findsBotOfALostResponseByTheClaimInTheStatus() {
    // Given
    world.backend().fault("create-chatbot", "cut-after", Map.of("times", 1));

    // When
    account.applyBot(victim, "plan", "slug: plan");
    var ready = account.awaitBot(victim, "plan", Reason.Ready);

    // Then
    assertThat(world.backend().bots()).hasSize(1);
    assertThat(ready.getStatus().claim()).isNull();
    assertThat(backendOf(ready)).isEqualTo(account.name());
  }

  private static String organization(Chatbot chatbot) {
    return Objects.requireNonNull(chatbot.getStatus().organizationId());
  }

  private static String backendOf(Chatbot chatbot) {
    return Objects.requireNonNull(chatbot.getStatus().backend()).name();
  }

  private void annotate(String team, String name, Map<String, String> annotations) {
    var patch =
        new ObjectMapper().valueToTree(Map.of("metadata", Map.of("annotations", annotations)));
    account.bot(team, name).patch(PatchContext.of(PatchType.JSON_MERGE), patch.toString());
  }

  /** The object as a backup has it, but for the reference, which the CRD would not let change. */
  private void restoreWithStatus(Chatbot poisoned) {
    removeWithoutFinalizers();
    account.applyBot(thief, "mine", "suspend: true");
    account.awaitBot(thief, "mine", Reason.Suspended);
    account
        .bot(thief, "mine")
        .editStatus(
            chatbot -> {
              chatbot.setStatus(poisoned.getStatus());
              return chatbot;
            });
    account
        .bot(thief, "mine")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\": {\"finalizers\": [\"okchat.ai/finalizer\"]}, \"spec\": {\"suspend\":"
                + " false}}");
  }

  /** Repeats the removal: before the delete, the operator may add its finalizer again. */
  private void removeWithoutFinalizers() {
    var bot = account.bot(thief, "mine");
    Awaitility.await("end of the object")
        .atMost(OperatorFixture.PATIENCE)
        .until(
            () -> {
              if (bot.get() == null) {
                return true;
              }
              bot.patch(
                  PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\": {\"finalizers\": null}}");
              bot.delete();
              return false;
            });
  }

  private static String backendAt(String url) {
    return """
    apiVersion: v1
    kind: Secret
    metadata: {name: mine}
    stringData: {api-key: any}
    ---
    apiVersion: okchat.ai/v1alpha1
    kind: ChatbotBackend
    metadata: {name: mine}
    spec:
      url: %s
      allowInsecure: true
      apiKeySecretRef: {name: mine, key: api-key}
      pollInterval: 1s
    """
        .formatted(url);
  }

  private static String chatbotOnOwnBackend() {
    return """
    apiVersion: okchat.ai/v1alpha1
    kind: Chatbot
    metadata: {name: mine}
    spec: {backendRef: {name: mine}, name: Mine, prompt: You are mine.}
    """;
  }

  /** Returns another account's ID and organization to each create. */
  private static final class HostileBackend implements AutoCloseable {
    private final ObjectMapper json = new ObjectMapper();
    private final MockWebServer server = new MockWebServer();
    private final List<JsonNode> created = new CopyOnWriteArrayList<>();

    HostileBackend(String id, String organization) throws IOException {
      server.setDispatcher(
          new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
              if (request.getMethod().equals("POST")) {
                var bot = read(request);
                bot.put("id", id).put("organization_id", organization);
                created.add(bot);
                return response(201, Map.of("chatbot", bot));
              }
              return request.getUrl().encodedPath().endsWith("/chatbots")
                  ? response(200, Map.of("chatbots", created))
                  : response(200, Map.of("chatbot", created.getFirst()));
            }
          });
      server.start();
    }

    String url() {
      return "http://127.0.0.1:" + server.getPort();
    }

    private ObjectNode read(RecordedRequest request) {
      try {
        return (ObjectNode) json.readTree(request.getBody().string(StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private MockResponse response(int status, Object body) {
      return new MockResponse.Builder()
          .code(status)
          .setHeader("Content-Type", "application/json")
          .body(json.valueToTree(body).toString())
          .build();
    }

    @Override
    public void close() {
      server.close();
    }
  }
}
