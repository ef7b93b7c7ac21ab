package ai.okchat.operator.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.DocumentState;
import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.knowledge.ingestion.KnowledgeMetadata;
import ai.okchat.operator.knowledge.source.MixedFiles;
import ai.okchat.operator.knowledge.source.ServedRepository;
import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.Conditions;
import ai.okchat.operator.testing.OperatorFixture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A git source whose repository has more than 200 mixed files, from the repository to the bot. */
final class MixedFilesIT {

  /** A link to a document of the source, which is that document. */
  private static final String LINK = "link";

  private static final String REFRESH = "2026-11-29T00:00:00Z";

  @RegisterExtension final OperatorFixture world = new OperatorFixture();

  private final KnowledgeFixture knowledge = new KnowledgeFixture(world);
  @TempDir private Path folder;
  private ServedRepository repository;

  @BeforeEach
  void serve() throws IOException, GitAPIException {
    repository = MixedFiles.serve(folder);
  }

  @AfterEach
  void stop() {
    repository.close();
  }

  @Test
  void ingestsMixedFilesAndExplainsEachFileThatIsNotTaken() throws IOException {
    // Given
    var bot = knowledge.readyBot("support");
    var fates = MixedFiles.withoutInclude();
    var taken = files(fates, MixedFiles.TAKEN).size();
    world.backend().clearJournal();

    // When
    knowledge.apply("docs", "git: {url: '%s'}".formatted(repository.url()));
    var source = knowledge.awaitReady("docs");

    // Then
    assertThat(knowledge.documents(bot)).hasSize(taken);
    assertThat(knowledge.writes()).hasSize(taken).containsOnly("upload-knowledge");
    assertThat(Conditions.find(source.getStatus().conditions(), ConditionType.Stalled)).isEmpty();
    assertThat(rows(source, DocumentState.FAILED)).isEqualTo(failed(fates));
    assertThat(unexplained(fates, rows(source, DocumentState.SKIPPED).keySet()))
        .isEqualTo(files(fates, LINK));
  }

  @Test
  void readsUnchangedFilesAgainWithoutAnUpload() {
    // Given
    var bot = knowledge.readyBot("support");
    knowledge.apply("docs", "git: {url: '%s'}".formatted(repository.url()));
    knowledge.awaitReady("docs");
    var titles = knowledge.titles(bot);
    world.backend().clearJournal();

    // When
    world.stopOperator();
    requestRefresh("docs");
    world.startOperator();

    // Then
    knowledge.await(
        "docs",
        read ->
            REFRESH.equals(read.getStatus().lastHandledRefreshAt())
                && KnowledgeFixture.isReady(read));
    assertThat(knowledge.writes()).isEmpty();
    assertThat(knowledge.titles(bot)).isEqualTo(titles);
  }

  private void requestRefresh(String name) {
    knowledge
        .sources(name)
        .edit(
            source -> {
              source
                  .getMetadata()
                  .getAnnotations()
                  .put(KnowledgeMetadata.REFRESH_REQUESTED_AT, REFRESH);
              return source;
            });
  }

  private static Set<String> files(Map<String, String> fates, String fate) {
    return fates.keySet().stream()
        .filter(name -> fate.equals(fates.get(name)))
        .collect(Collectors.toSet());
  }

  /** Returns the files that are not in the bot, and that no row names by path or folder. */
  private static Set<String> unexplained(Map<String, String> fates, Set<String> skipped) {
    return fates.keySet().stream()
        .filter(name -> !MixedFiles.TAKEN.equals(fates.get(name)))
        .filter(name -> !failed(fates).containsKey(name))
        .filter(
            name ->
                skipped.stream()
                    .noneMatch(row -> row.endsWith("/") ? name.startsWith(row) : name.equals(row)))
        .collect(Collectors.toSet());
  }

  private static Map<String, String> failed(Map<String, String> fates) {
    var failed = new TreeMap<>(fates);
    failed.values().removeIf(fate -> !fate.endsWith("."));
    return failed;
  }

  private static Map<String, String> rows(KnowledgeSource source, DocumentState state) {
    return source.getStatus().documents().stream()
        .filter(row -> row.state() == state)
        .collect(
            Collectors.toMap(
                row -> row.name(),
                row -> String.valueOf(row.message()),
                (a, b) -> a,
                TreeMap::new));
  }
}
