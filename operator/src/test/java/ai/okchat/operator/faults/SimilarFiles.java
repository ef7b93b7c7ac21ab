package ai.okchat.operator.faults;

import ai.okchat.operator.knowledge.source.RepositoryOverSsh;
import ai.okchat.operator.knowledge.source.ServedRepository;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.jgit.api.errors.GitAPIException;

/**
 * An ordinary repository, over HTTP and SSH, whose pack has a file of 80 MB and a second one as a
 * few bytes: the difference from the first.
 */
final class SimilarFiles implements AutoCloseable {

  private static final int LINES = 8_000_000;

  private final ServedRepository overHttp;
  private final RepositoryOverSsh overSsh;

  private SimilarFiles(ServedRepository overHttp, RepositoryOverSsh overSsh) {
    this.overHttp = overHttp;
    this.overSsh = overSsh;
  }

  static SimilarFiles in(Path folder)
      throws IOException, GitAPIException, GeneralSecurityException {
    var repository = ServedRepository.in(folder);
    var config = repository.git().getRepository().getConfig();
    config.setString("core", null, "bigFileThreshold", "200m");
    config.setInt("core", null, "compression", 1);
    config.setInt("pack", null, "compression", 1);
    config.save();
    var table =
        IntStream.range(0, LINES).mapToObj("%09d\n"::formatted).collect(Collectors.joining());
    repository.write("README.md", "# Read me");
    repository.write("may.csv", table + "May\n");
    repository.write("june.csv", table + "June\n");
    repository.commit();
    repository.git().gc().call();
    return new SimilarFiles(repository, new RepositoryOverSsh(repository.git().getRepository()));
  }

  String urlOverHttp() {
    return overHttp.url();
  }

  String urlOverSsh() {
    return overSsh.url();
  }

  /** Returns the data of a Secret for SSH. */
  Map<String, String> secret() throws IOException, GeneralSecurityException {
    return overSsh.secret();
  }

  @Override
  public void close() throws IOException {
    overSsh.close();
    overHttp.close();
  }
}
