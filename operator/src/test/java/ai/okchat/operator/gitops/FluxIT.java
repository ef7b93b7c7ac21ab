package ai.okchat.operator.gitops;

import static ai.okchat.operator.gitops.FluxKustomization.applied;
import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.ChatbotBackend;
import ai.okchat.operator.gitops.FluxKustomization.Verdict;
import ai.okchat.operator.status.Reason;
import ai.okchat.operator.testing.Backend;
import ai.okchat.operator.testing.OperatorFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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

/** The example for Flux under its real controllers, from a repository on loopback. */
@Tag("gitops")
final class FluxIT {

  private static final Path EXAMPLE = Path.of("../examples/gitops/flux");

  /** Artifacts and logs, which stay for an analysis. */
  private static final Path FILES = Path.of("target", "flux").toAbsolutePath();

  @AutoClose static FluxControllers controllers;

  @RegisterExtension final OperatorFixture world = new OperatorFixture();
  @TempDir private Path folder;

  private final FluxKustomization backend = new FluxKustomization(world, "team-support-backend");
  private final FluxKustomization bot = new FluxKustomization(world, "team-support-bot");
  private final FluxKustomization docs = new FluxKustomization(world, "team-support-knowledge");
  private final FluxKustomization all = new FluxKustomization(world, "team-support");
  private final AppliedObject connection = new AppliedObject(world, "ChatbotBackend", "default");
  private final AppliedObject support = new AppliedObject(world, "Chatbot", "support");
  private TeamRepository team;

  @BeforeAll
  static void startFlux() throws IOException {
    controllers = FluxControllers.start(Files.createDirectories(FILES));
  }

  @BeforeEach
  void serveRepository() throws IOException, GitAPIException {
    team = TeamRepository.in(folder, world);
  }

  @AfterEach
  void removeFromFlux() {
    world.backend().clearFaults();
    Stream.of(all, docs, bot, backend)
        .filter(FluxKustomization::exists)
        .forEach(FluxKustomization::delete);
    team.close();
  }

  @Test
  void exampleIsReadyAfterTheFirstCommit() throws IOException, GitAPIException {
    // Given
    world.storeKey(Backend.API_KEY);
    var commit = team.commit();

    // When
    applyExample();
    docs.awaitApplied(commit);

    // Then
    assertThat(List.of(backend.verdict(), bot.verdict(), docs.verdict()))
        .containsOnly(applied(commit));
    assertThat(world.backend().texts(world.awaitId("support")))
        .containsExactly(team.read(TeamRepository.HANDBOOK));
    assertThat(world.backend().count("create-chatbot")).isEqualTo(1);
  }

  @Test
  void fixOfAMisspeltSecretIsAppliedAfterTheHealthCheck() throws IOException, GitAPIException {
    // Given
    world.storeKey(Backend.API_KEY);
    team.edit(TeamRepository.BACKEND, "name: okchat,", "name: okcaht,");
    applyExample();
    connection.awaitReason(Reason.ReferenceNotFound);
    backend.await("Progressing");
    var waiting = List.of(bot.await("DependencyNotReady"), docs.await("DependencyNotReady"));

    // When
    var commit = team.edit(TeamRepository.BACKEND, "name: okcaht,", "name: okchat,");
    docs.awaitApplied(commit);

    // Then
    assertThat(waiting)
        .containsExactly(
            dependencyNotReady("team-support-backend"), dependencyNotReady("team-support-bot"));
    assertThat(world.backend().count("create-chatbot")).isEqualTo(1);
  }

  @Test
  void missingSecretThatAppearsDuringTheHealthCheckPassesIt() throws IOException, GitAPIException {
    // Given
    var commit = team.commit();
    applyExample();
    connection.awaitReason(Reason.ReferenceNotFound);

    // When
    world.storeKey(Backend.API_KEY);
    docs.awaitApplied(commit);

    // Then
    assertThat(List.of(backend.verdict(), bot.verdict())).containsOnly(applied(commit));
  }

  @Test
  void rejectedKeyIsInProgressUntilTheSecretIsFixed() throws IOException, GitAPIException {
    // Given
    world.storeKey("another-key");
    var commit = team.commit();
    applyExample();
    var failed = backend.await("HealthCheckFailed");
    world.awaitBackendReason(Reason.CredentialsRejected);

    // When
    world.storeKey(Backend.API_KEY);
    world.awaitBackendReason(Reason.Ready);
    var fixed = backend.reconcile();

    // Then
    assertThat(failed).isEqualTo(inProgress("ChatbotBackend", "default"));
    assertThat(fixed).isEqualTo(applied(commit));
  }

  @Test
  void promptEditedInGitReachesTheBot() throws IOException, GitAPIException {
    // Given
    applyAllInOne();
    var id = world.awaitId("support");

    // When
    var commit = team.edit(TeamRepository.PROMPT, "briefly", "at length");
    all.awaitApplied(commit);

    // Then
    awaitBot(id, "/settings/prompt", team.read(TeamRepository.PROMPT));
    assertThat(world.backend().count("create-chatbot")).isEqualTo(1);
  }

  @Test
  void reconciliationsWithoutACommitChangeNothing() throws IOException, GitAPIException {
    // Given
    var commit = applyAllInOne();
    var before = generations();
    world.backend().clearJournal();

    // When
    var verdicts = Stream.generate(all::reconcile).limit(3).toList();
    world.awaitPolls(2);

    // Then
    assertThat(verdicts).containsOnly(applied(commit));
    assertThat(generations()).isEqualTo(before);
    assertThat(world.backend().endpoints()).isEmpty();
  }

  @Test
  void driftInTheClusterIsCorrected() throws IOException, GitAPIException {
    // Given
    var commit = applyAllInOne();
    var id = world.awaitId("support");
    kubectl("patch", "chatbot", "support", "--type=merge", "-p", "{\"spec\":{\"name\":\"Other\"}}");
    awaitBot(id, "/name", "Other");

    // When
    var verdict = all.reconcile();

    // Then
    assertThat(verdict).isEqualTo(applied(commit));
    awaitBot(id, "/name", "Support assistant");
  }

  @Test
  void takenSlugFailsAtOnceAndItsFixIsApplied() throws IOException, GitAPIException {
    // Given
    world.backend().createInDashboard(Map.of("name", "Theirs", "slug", "taken-slug"));
    world.storeKey(Backend.API_KEY);
    team.edit(TeamRepository.BOT, "spec:", "spec:\n  slug: taken-slug");
    applyExample();

    // When
    var failed = bot.await("HealthCheckFailed");
    support.awaitReason(Reason.SlugTaken);
    var commit = team.edit(TeamRepository.BOT, "taken-slug", "free-slug");
    docs.awaitApplied(commit);

    // Then
    assertThat(failed).isEqualTo(stalled("Chatbot", "support"));
    assertThat(world.backend().bots()).hasSize(2);
  }

  @Test
  void rejectedSpecFailsAtOnceAndItsFixIsApplied() throws IOException, GitAPIException {
    // Given
    world.storeKey(Backend.API_KEY);
    rejectModel();
    applyExample();

    // When
    var failed = bot.await("HealthCheckFailed");
    support.awaitReason(Reason.SpecRejected);
    world.backend().clearFaults();
    var commit = team.edit(TeamRepository.BOT, "\n  model: gpt-99", "");
    docs.awaitApplied(commit);

    // Then
    assertThat(failed).isEqualTo(stalled("Chatbot", "support"));
    assertThat(world.backend().bots()).hasSize(1);
  }

  @Test
  void suspendInGitNeitherFailsNorBlocksDependents() throws IOException, GitAPIException {
    // Given
    world.storeKey(Backend.API_KEY);
    applyExample();
    docs.awaitApplied(team.commit());
    var id = world.awaitId("support");

    // When
    var paused =
        team.edit(TeamRepository.BOT, "name: Support assistant", "name: B\n  suspend: true");
    docs.awaitApplied(paused);
    support.awaitCondition("Paused", Reason.Suspended);
    var nameWhilePaused = world.backend().bot(id).path("name").asText();
    var resumed = team.edit(TeamRepository.BOT, "\n  suspend: true", "");
    docs.awaitApplied(resumed);

    // Then
    assertThat(nameWhilePaused).isEqualTo("Support assistant");
    awaitBot(id, "/name", "B");
    assertThat(world.backend().count("create-chatbot")).isEqualTo(1);
  }

  @Test
  void pauseByAnnotationStaysIfItsFieldManagerIsNotKubectl() throws IOException, GitAPIException {
    // Given
    var commit = applyAllInOne();
    kubectl("annotate", "chatbot", "support", "okchat.ai/paused=true");
    support.awaitCondition("Paused", Reason.Suspended);
    all.reconcile();
    support.awaitNoCondition("Paused");

    // When
    kubectl(
        "annotate", "--field-manager=okchat-user", "chatbot", "support", "okchat.ai/paused=true");
    support.awaitCondition("Paused", Reason.Suspended);
    var verdict = all.reconcile();

    // Then
    assertThat(verdict).isEqualTo(applied(commit));
    assertThat(support.stored().at("/metadata/annotations/okchat.ai~1paused").asText())
        .isEqualTo("true");
    assertThat(support.verdict().kstatus()).isEqualTo(Kstatus.Current);
  }

  @Test
  void editDuringAnOutageIsAppliedAfterIt() throws IOException, GitAPIException {
    // Given
    applyAllInOne();
    var id = world.awaitId("support");
    world.backend().fault("*", "status", Map.of("status", 503));
    world.awaitBackendReason(Reason.BackendUnavailable);

    // When
    var commit = team.edit(TeamRepository.BOT, "name: Support assistant", "name: Renamed");
    var failed = all.await("HealthCheckFailed");
    world.backend().clearFaults();
    support.awaitReason(Reason.Ready);
    var recovered = all.reconcile();

    // Then
    assertThat(failed.message())
        .contains("Chatbot/%s/support status: 'InProgress'".formatted(world.namespace()));
    assertThat(recovered).isEqualTo(applied(commit));
    awaitBot(id, "/name", "Renamed");
    assertThat(world.backend().count("create-chatbot")).isEqualTo(1);
  }

  @Test
  void pruneRemovesBotAndDocuments() throws IOException, GitAPIException {
    // Given
    applyAllInOne();

    // When
    var commit =
        team.edit(
            TeamRepository.TEAM + "/kustomization.yaml",
            "- backend\n- bot\n- knowledge",
            "- backend");
    all.awaitApplied(commit);
    world.awaitGone("support");

    // Then
    assertThat(world.sources()).isEmpty();
    assertThat(world.backend().bots()).isEmpty();
    assertThat(world.backend().count("delete-chatbot")).isEqualTo(1);
  }

  @Test
  void deletedKustomizationsLeaveNothing() throws IOException, GitAPIException {
    // Given
    world.storeKey(Backend.API_KEY);
    applyExample();
    docs.awaitApplied(team.commit());

    // When
    Stream.of(backend, bot, docs).forEach(FluxKustomization::delete);
    Awaitility.await()
        .atMost(OperatorFixture.PATIENCE)
        .until(
            () ->
                world
                    .kubernetes()
                    .resources(ChatbotBackend.class)
                    .inNamespace(world.namespace())
                    .list()
                    .getItems()
                    .isEmpty());

    // Then
    assertThat(world.backend().bots()).isEmpty();
  }

  @Test
  void specThatTheApiServerRejectsLeavesTheBot() throws IOException, GitAPIException {
    // Given
    applyAllInOne();
    var id = world.awaitId("support");

    // When
    team.edit(TeamRepository.BOT, "name: support-prompt,", "name: '',");
    var failed = all.await("ReconciliationFailed");
    var commit = team.edit(TeamRepository.BOT, "name: '',", "name: support-prompt,");
    all.awaitApplied(commit);

    // Then
    assertThat(failed.message())
        .startsWith("Chatbot/%s/support dry-run failed (Invalid)".formatted(world.namespace()));
    assertThat(world.awaitId("support")).isEqualTo(id);
    assertThat(world.backend().count("delete-chatbot")).isZero();
  }

  /** As the page on GitOps warns. */
  @Test
  void forceDeletesTheBotOfASpecThatTheApiServerRejects() throws IOException, GitAPIException {
    // Given
    applyAllInOne(true);
    var id = world.awaitId("support");

    // When
    team.edit(TeamRepository.BOT, "name: support-prompt,", "name: '',");
    all.await("ReconciliationFailed");
    world.awaitGone("support");
    var left = world.backend().bots();
    var commit = team.edit(TeamRepository.BOT, "name: '',", "name: support-prompt,");
    all.awaitApplied(commit);

    // Then
    assertThat(left).isEmpty();
    assertThat(world.awaitId("support")).isNotEqualTo(id);
  }

  private void applyExample() throws IOException {
    world.apply(gitRepository());
    world.apply(
        Files.readString(EXAMPLE.resolve("team-support.yaml"))
            .replace("timeout: 2m", "timeout: 8s"));
  }

  private String applyAllInOne() throws IOException, GitAPIException {
    return applyAllInOne(false);
  }

  /** Applies all folders by one Kustomization, and returns the commit when everything is ready. */
  private String applyAllInOne(boolean force) throws IOException, GitAPIException {
    world.storeKey(Backend.API_KEY);
    var commit = team.commit();
    world.apply(gitRepository());
    world.apply(
        """
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata: {name: team-support}
        spec:
          interval: 10m
          path: ./examples/gitops/team-support
          prune: true
          wait: true
          force: %s
          timeout: 8s
          sourceRef: {kind: GitRepository, name: okchat}
        """
            .formatted(force));
    all.awaitApplied(commit);
    return commit;
  }

  /** The one of the example, which fetches this repository each second. */
  private String gitRepository() throws IOException {
    return Files.readString(EXAMPLE.resolve("source.yaml"))
        .replace("https://git.example.com/platform/okchat.git", team.url())
        .replace("interval: 5m", "interval: 1s");
  }

  private Verdict inProgress(String kind, String name) {
    return new Verdict(
        "False",
        "HealthCheckFailed",
        "health check failed: timeout waiting for: [%s/%s/%s status: 'InProgress']"
            .formatted(kind, world.namespace(), name));
  }

  private Verdict stalled(String kind, String name) {
    return new Verdict(
        "False",
        "HealthCheckFailed",
        "health check failed: failed early due to stalled resources: [%s/%s/%s status: 'Failed']"
            .formatted(kind, world.namespace(), name));
  }

  private Verdict dependencyNotReady(String name) {
    return new Verdict(
        "False",
        "DependencyNotReady",
        "dependency '%s/%s' is not ready".formatted(world.namespace(), name));
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

  private List<Long> generations() {
    return Stream.of(
            connection, support, new AppliedObject(world, "KnowledgeSource", "support-handbook"))
        .map(object -> object.stored().at("/metadata/generation").asLong())
        .toList();
  }

  private void kubectl(String... arguments) {
    var command = Stream.concat(Stream.of("--namespace", world.namespace()), Stream.of(arguments));
    var result = Kubectl.run(command.toArray(String[]::new));
    assertThat(result.exitCode()).as(result.output()).isZero();
  }
}
