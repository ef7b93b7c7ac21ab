package ai.okchat.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.knowledge.source.ServedRepository;
import ai.okchat.operator.testing.OperatorFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.eclipse.jgit.api.errors.GitAPIException;

/**
 * The git repository of a team, served over HTTP: a copy of {@code examples/gitops}, for the
 * namespace and the backend of a test.
 */
final class TeamRepository implements AutoCloseable {

  static final String TEAM = "examples/gitops/team-support";
  static final String BACKEND = TEAM + "/backend/backend.yaml";
  static final String BOT = TEAM + "/bot/support.yaml";
  static final String PROMPT = TEAM + "/bot/prompt.md";
  static final String HANDBOOK = TEAM + "/knowledge/opening-hours.md";

  private static final Path ROOT = Path.of("..");
  private static final List<String> FOLDERS = List.of(TEAM, "examples/gitops/kustomize/references");

  private final ServedRepository served;
  private final Path folder;

  private TeamRepository(ServedRepository served, Path folder) {
    this.served = served;
    this.folder = folder;
  }

  static TeamRepository in(Path folder, OperatorFixture world) throws IOException, GitAPIException {
    var team = new TeamRepository(ServedRepository.in(folder), folder);
    for (var copied : FOLDERS) {
      try (var files = Files.walk(ROOT.resolve(copied))) {
        for (var file : files.filter(Files::isRegularFile).toList()) {
          var text = Files.readString(file).replace("team-support", world.namespace());
          team.served.write(ROOT.relativize(file).toString(), text);
        }
      }
    }
    team.edit(
        BACKEND,
        "url: https://v2.okchat.ai",
        "url: %s\n  allowInsecure: true\n  pollInterval: 1s".formatted(world.backend().url()));
    return team;
  }

  String url() {
    return served.url();
  }

  /** Replaces a text that occurs in a file, pushes the commit, and returns its hash. */
  String edit(String file, String before, String after) throws IOException, GitAPIException {
    var text = read(file);
    assertThat(text).contains(before);
    served.write(file, text.replace(before, after));
    return served.commit();
  }

  String read(String file) throws IOException {
    return Files.readString(folder.resolve(file));
  }

  /** Returns the hash of the newest commit. */
  String commit() throws IOException {
    return Objects.requireNonNull(served.git().getRepository().resolve("main")).getName();
  }

  @Override
  public void close() {
    served.close();
  }
}
