package ai.okchat.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.ChatbotBackend;
import ai.okchat.operator.gitops.ArgoApplication.Verdict;
import ai.okchat.operator.status.Reason;
import ai.okchat.operator.testing.Backend;
import ai.okchat.operator.testing.OperatorFixture;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The example for Argo CD under its real components, from a repository on loopback. */
@Tag("gitops")
final class ArgoCdIT {

  private static final Path EXAMPLE = Path.of("../examples/gitops/argocd/apps/team-support.yaml");
  private static final Map<String, String> ALL_HEALTHY =
      Map.of("ChatbotBackend", "Healthy", "Chatbot", "Healthy", "KnowledgeSource", "Healthy");

  private static final Set<String> COMPARE_OPTIONS =
      Set.of("ServerSideDiff=true", "IncludeMutationWebhook=true");

  /** Checkouts and logs, which stay for an analysis. */
  private static final Path FILES = Path.of("target", "argocd").toAbsolutePath();

  @AutoClose static ArgoCdComponents components;

  @RegisterExtension final OperatorFixture world = new OperatorFixture();
  @TempDir private Path folder;

  private final ArgoApplication app = new ArgoApplication(world);
  private final AppliedObject support = new AppliedObject(world, "Chatbot", "support");
  private final AppliedObject docs =
      new AppliedObject(world, "KnowledgeSource", "support-handbook");
  private TeamRepository team;

  @BeforeAll
  static void startArgoCd() throws IOException {
    components = ArgoCdComponents.start(Files.createDirectories(FILES));
  }

  @BeforeEach
  void serveRepository() throws IOException, GitAPIException {
    team = TeamRepository.in(folder, world);
  }

  @AfterEach
  void removeFromArgoCd() {
    world.backend().clearFaults();
    if (app.exists()) {
      app.deleteInCascade();
    }
    team.close();
  }

  @Test
  void exampleIsHealthyAfterTheFirstSync() throws IOException {
    // When
    applyExample();

    // Then
    assertThat(app.healths()).isEqualTo(ALL_HEALTHY);
    assertThat(world.backend().texts(world.awaitId("support")))
        .containsExactly(team.read(TeamRepository.HANDBOOK));
    assertThat(world.backend().count("create-chatbot")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ServerSideApply=false",
        "ServerSideApply=true",
        "ServerSideApply=false,ServerSideDiff=true",
        "ServerSideApply=true,ServerSideDiff=true",
        "ServerSideApply=true,ServerSideDiff=true,IncludeMutationWebhook=true"
      })
  void appliedObjectsDoNotDiffer(String options) throws IOException {
    // Given
    applyExample(application(options));
    var generations = generations();
    world.backend().clearJournal();

    // When
    app.sync();
    app.refresh("normal");
    app.refresh("hard");
    world.awaitPolls(2);

    // Then
    assertThat(app.verdict()).isEqualTo(ArgoApplication.HEALTHY);
    assertThat(generations()).isEqualTo(generations);
    assertThat(world.backend().endpoints()).isEmpty();
  }

  @Test
  void replaceKeepsTheBotAndTheFinalizersReturn() throws IOException {
    // Given
    applyExample(application("Replace=true"));
    var id = world.awaitId("support");

    // When
    app.sync();
    Awaitility.await("finalizers")
        .atMost(OperatorFixture.PATIENCE)
        .until(
            () ->
                objects()
                    .allMatch(object -> object.stored().at("/metadata/finalizers").size() == 1));
    app.refresh("normal");

    // Then
    assertThat(app.verdict()).isEqualTo(ArgoApplication.HEALTHY);
    assertThat(world.awaitId("support")).isEqualTo(id);
    assertThat(world.backend().count("create-chatbot")).isEqualTo(1);
  }

  @Test
  void promptEditedInGitReachesTheBot() throws IOException, GitAPIException {
    // Given
    applyExample();
    var id = world.awaitId("support");

    // When
    push(team.edit(TeamRepository.PROMPT, "briefly", "at length"));

    // Then
    awaitBot(id, "/settings/prompt", team.read(TeamRepository.PROMPT));
    assertThat(world.backend().count("create-chatbot")).isEqualTo(1);
  }

  @Test
  void driftInTheClusterIsCorrected() throws IOException {
    // Given
    applyExample();
    var id = world.awaitId("support");

    // When
    kubectl("patch", "chatbot", "support", "--type=merge", "-p", "{\"spec\":{\"name\":\"Other\"}}");
    kubectl("delete", "knowledgesource", "support-handbook", "--wait=false");
    Awaitility.await("self-heal")
        .atMost(OperatorFixture.PATIENCE)
        .until(
            () ->
                world.chatbot("support").getSpec().name().equals("Support assistant")
                    && app.healths().equals(ALL_HEALTHY));

    // Then
    awaitBot(id, "/name", "Support assistant");
    docs.awaitReason(Reason.Ready);
    app.await("Synced", _ -> app.verdict().equals(ArgoApplication.HEALTHY));
    assertThat(world.backend().texts(id)).containsExactly(team.read(TeamRepository.HANDBOOK));
  }

  @Test
  void rejectedSpecIsDegradedAndItsFixIsApplied() throws IOException, GitAPIException {
    // Given
    rejectModel();
    world.storeKey(Backend.API_KEY);
    applyApplication(application());

    // When
    app.awaitHealth("Chatbot", "Degraded");
    support.awaitReason(Reason.SpecRejected);
    world.backend().clearFaults();
    push(team.edit(TeamRepository.BOT, "\n  model: gpt-99", ""));

    // Then
    assertThat(world.backend().bots()).hasSize(1);
  }

  @Test
  void takenSlugIsDegradedAndItsFixIsApplied() throws IOException, GitAPIException {
    // Given
    world.backend().createInDashboard(Map.of("name", "Theirs", "slug", "taken-slug"));
    team.edit(TeamRepository.BOT, "spec:", "spec:\n  slug: taken-slug");
    world.storeKey(Backend.API_KEY);
    applyApplication(application());

    // When
    app.awaitHealth("Degraded");
    support.awaitReason(Reason.SlugTaken);
    push(team.edit(TeamRepository.BOT, "taken-slug", "free-slug"));

    // Then
    assertThat(world.backend().bots()).hasSize(2);
  }

  @Test
  void specThatTheApiServerRejectsIsRetriedWithItsFix() throws IOException, GitAPIException {
    // Given
    team.edit(TeamRepository.BOT, "name: support-prompt,", "name: '',");
    world.storeKey(Backend.API_KEY);
    applyApplication(application());
    var message =
        app.await("retry", status -> status.at("/operationState/retryCount").asInt() > 0)
            .at("/operationState/message")
            .asText();

    // When
    push(team.edit(TeamRepository.BOT, "name: '',", "name: support-prompt,"));

    // Then
    assertThat(message).contains("spec.promptFrom.configMapKeyRef.name");
    assertThat(world.backend().count("create-chatbot")).isEqualTo(1);
  }

  @Test
  void misspeltSecretIsDegradedAndItsFixIsApplied() throws IOException, GitAPIException {
    // Given
    team.edit(TeamRepository.BACKEND, "name: okchat,", "name: okcaht,");
    world.storeKey(Backend.API_KEY);
    applyApplication(application());
    app.awaitHealth("Degraded");

    // When
    push(team.edit(TeamRepository.BACKEND, "name: okcaht,", "name: okchat,"));

    // Then
    assertThat(app.healths()).isEqualTo(ALL_HEALTHY);
    assertThat(world.backend().count("create-chatbot")).isEqualTo(1);
  }

  @Test
  void secretThatAppearsLaterMakesAllHealthy() throws IOException {
    // Given
    applyApplication(application());
    app.awaitHealth("Degraded");

    // When
    world.storeKey(Backend.API_KEY);

    // Then
    app.awaitHealthy(team.commit());
    assertThat(app.healths()).isEqualTo(ALL_HEALTHY);
  }

  @Test
  void rejectedKeyIsDegradedUntilTheSecretIsFixed() throws IOException {
    // Given
    world.storeKey("another-key");
    applyApplication(application());
    app.awaitHealth("ChatbotBackend", "Degraded");
    world.awaitBackendReason(Reason.CredentialsRejected);

    // When
    world.storeKey(Backend.API_KEY);

    // Then
    app.awaitHealthy(team.commit());
    assertThat(app.healths()).isEqualTo(ALL_HEALTHY);
  }

  @Test
  void suspendInGitIsSuspendedAndResumes() throws IOException, GitAPIException {
    // Given
    applyExample();
    var id = world.awaitId("support");

    // When
    team.edit(TeamRepository.BOT, "name: Support assistant", "name: B\n  suspend: true");
    app.refresh("normal");
    app.awaitHealth("Suspended");
    var paused = app.verdict();
    var nameWhilePaused = world.backend().bot(id).path("name").asText();
    push(team.edit(TeamRepository.BOT, "\n  suspend: true", ""));

    // Then
    assertThat(paused).isEqualTo(new Verdict("Synced", "Suspended"));
    assertThat(nameWhilePaused).isEqualTo("Support assistant");
    awaitBot(id, "/name", "B");
  }

  @Test
  void editDuringAnOutageIsProgressingAndAppliedAfterIt() throws IOException, GitAPIException {
    // Given
    applyExample();
    var id = world.awaitId("support");
    world.backend().fault("*", "status", Map.of("status", 503));
    world.awaitBackendReason(Reason.BackendUnavailable);

    // When
    var commit = team.edit(TeamRepository.BOT, "name: Support assistant", "name: Renamed");
    app.refresh("normal");
    support.awaitReason(Reason.BackendUnavailable);
    app.awaitHealth("Chatbot", "Progressing");
    var healths = app.healths();
    world.backend().clearFaults();
    app.awaitHealthy(commit);

    // Then
    assertThat(healths)
        .isEqualTo(
            Map.of(
                "ChatbotBackend",
                "Progressing",
                "Chatbot",
                "Progressing",
                "KnowledgeSource",
                "Healthy"));
    awaitBot(id, "/name", "Renamed");
    assertThat(world.backend().count("create-chatbot")).isEqualTo(1);
  }

  @Test
  void pruneRemovesBotAndDocuments() throws IOException, GitAPIException {
    // Given
    applyExample();

    // When
    push(
        team.edit(
            TeamRepository.TEAM + "/kustomization.yaml",
            "- backend\n- bot\n- knowledge",
            "- backend"));
    world.awaitGone("support");

    // Then
    assertThat(world.sources()).isEmpty();
    assertThat(world.backend().bots()).isEmpty();
    assertThat(world.backend().count("delete-chatbot")).isEqualTo(1);
  }

  @Test
  void cascadeLeavesNothing() throws IOException {
    // Given
    applyExample();

    // When
    app.deleteInCascade();

    // Then
    assertThat(
            world
                .kubernetes()
                .resources(ChatbotBackend.class)
                .inNamespace(world.namespace())
                .list()
                .getItems())
        .isEmpty();
    assertThat(world.sources()).isEmpty();
    assertThat(world.backend().bots()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Chatbot, refresh, okchat.ai/reconcile-requested-at:",
    "Chatbot, suspend, okchat.ai/paused: \"true\"",
    "Chatbot, resume, okchat.ai/paused: \"true\"",
    "Chatbot, approve-recreate, okchat.ai/approve-recreate:",
    "KnowledgeSource, refresh, okchat.ai/refresh-requested-at:",
    "KnowledgeSource, suspend, okchat.ai/paused: \"true\"",
    "KnowledgeSource, resume, okchat.ai/paused: \"true\""
  })
  void actionChangesItsAnnotation(String kind, String action, String annotation)
      throws IOException {
    // Given
    applyExample();
    var stored = (kind.equals("Chatbot") ? support : docs).stored();
    var object = action.equals("resume") ? Customization.of(kind).act("suspend", stored) : stored;
    var file = Files.writeString(folder.resolve("object.json"), object.toString());

    // When
    var changed = components.admin("resource-overrides", "run-action", file.toString(), action);

    // Then
    assertThat(changed.lines().filter(line -> line.matches("[<>+-] .*okchat.ai/.*")))
        .singleElement()
        .asString()
        .startsWith(action.equals("resume") ? "<" : ">")
        .contains(annotation);
  }

  private void applyExample() throws IOException {
    applyExample(application());
  }

  /** Applies the application, and returns when everything is healthy. */
  private void applyExample(String application) throws IOException {
    world.storeKey(Backend.API_KEY);
    applyApplication(application);
    app.awaitHealthy(team.commit());
  }

  private void applyApplication(String application) {
    world
        .kubernetes()
        .load(new ByteArrayInputStream(application.getBytes(StandardCharsets.UTF_8)))
        .forceConflicts()
        .serverSideApply();
  }

  /** Returns the application of the example for this repository, with a short backoff. */
  private String application() throws IOException {
    return Files.readString(EXAMPLE)
        .replace("https://git.example.com/platform/okchat.git", team.url())
        .replace("name: team-support", "name: " + world.namespace())
        .replace("namespace: team-support", "namespace: " + world.namespace())
        .replace("duration: 10s, factor: 2, maxDuration: 5m", "duration: 1s, maxDuration: 2s");
  }

  /** As {@link #application()}, with other options of the sync and of the comparison. */
  private String application(String options) throws IOException {
    var sync =
        Stream.of(options.split(",")).filter(option -> !COMPARE_OPTIONS.contains(option)).toList();
    var compare = Stream.of(options.split(",")).filter(COMPARE_OPTIONS::contains).toList();
    return application()
        .replace("CreateNamespace=true, ServerSideApply=true", String.join(", ", sync))
        .replace(
            "annotations:",
            "annotations:\n    argocd.argoproj.io/compare-options: \"%s\""
                .formatted(String.join(",", compare)));
  }

  /** Lets Argo CD see a commit at once, and waits until everything is healthy. */
  private void push(String commit) {
    app.refresh("normal");
    app.awaitHealthy(commit);
  }

  /** Commits a model that the backend rejects; the sandbox accepts any, so a fault rejects it. */
  private void rejectModel() throws IOException, GitAPIException {
    team.edit(TeamRepository.BOT, "spec:", "spec:\n  model: gpt-99");
    world.backend().fault("create-chatbot", "status", Map.of("status", 422));
  }

  private void awaitBot(String id, String pointer, String value) {
    Awaitility.await(pointer)
        .atMost(OperatorFixture.PATIENCE)
        .until(() -> world.backend().bot(id).at(pointer).asText().equals(value));
  }

  private Stream<AppliedObject> objects() {
    return Stream.of(new AppliedObject(world, "ChatbotBackend", "default"), support, docs);
  }

  private List<Long> generations() {
    return objects().map(object -> object.stored().at("/metadata/generation").asLong()).toList();
  }

  private void kubectl(String... arguments) {
    var command = Stream.concat(Stream.of("--namespace", world.namespace()), Stream.of(arguments));
    var result = Kubectl.run(command.toArray(String[]::new));
    assertThat(result.exitCode()).as(result.output()).isZero();
  }
}
