package ai.okchat.operator.knowledge.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.okchat.api.v1alpha1.GitSource;
import ai.okchat.operator.fetch.AddressPolicy;
import ai.okchat.operator.fetch.Cidr;
import ai.okchat.operator.fetch.GitCredentials;
import ai.okchat.operator.fetch.GitFetcher;
import ai.okchat.operator.fetch.SourceException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.OkHttpClient;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of a repository that is reached with a deploy key. */
class GitOverSshTest {

  @TempDir private Path folder;
  private ServedRepository repository;
  private RepositoryOverSsh overSsh;

  @BeforeEach
  void serve() throws IOException, GitAPIException, GeneralSecurityException {
    repository = ServedRepository.in(folder);
    repository.write("README.md", "# Read me");
    repository.commit();
    overSsh = new RepositoryOverSsh(repository.git().getRepository());
  }

  @AfterEach
  void stop() throws IOException {
    overSsh.close();
    repository.close();
  }

  @Test
  void readsRepositoryWithADeployKey() throws IOException, GeneralSecurityException {
    // When
    var read = source(overSsh.secret(), "127.0.0.0/8").read(Optional.empty());

    // Then
    assertThat(Contents.texts(read)).isEqualTo(Map.of("README.md", "# Read me"));
  }

  @Test
  void messageNamesRejectedKeyAndAFix() throws IOException, GeneralSecurityException {
    // Given
    var source = source(overSsh.foreignSecret(), "127.0.0.0/8");

    // When, Then
    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(() -> source.read(Optional.empty()))
        .withMessageContaining("does not accept the credentials")
        .withMessageNotContaining("PRIVATE KEY");
    assertThat(overSsh.sessions()).isZero();
  }

  @Test
  void sendsNothingToAnUnknownServer() throws IOException, GeneralSecurityException {
    // Given
    var source = source(overSsh.secretForAnotherServer(), "127.0.0.0/8");

    // When, Then
    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(() -> source.read(Optional.empty()));
    assertThat(overSsh.sessions()).isZero();
  }

  @Test
  void rejectsForbiddenAddress() throws IOException, GeneralSecurityException {
    // Given
    var source = source(overSsh.secret(), "10.0.0.0/8");

    // When, Then
    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(() -> source.read(Optional.empty()))
        .withMessageContaining("FETCH_ALLOW_CIDRS");
    assertThat(overSsh.sessions()).isZero();
  }

  @Test
  void messageNamesMissingKey() {
    // Given
    var source = source(Map.of(), "127.0.0.0/8");

    // When, Then
    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(() -> source.read(Optional.empty()))
        .withMessageContaining("ssh-privatekey and known_hosts");
  }

  private GitFiles source(Map<String, String> secret, String allowed) {
    var spec = new GitSource(overSsh.url(), null, List.of(), List.of(), null);
    var remote = new GitFetcher.Remote(overSsh.url(), null, GitCredentials.of(secret));
    var policy = new AddressPolicy(List.of(Cidr.parse(allowed)));
    return new GitFiles(spec, remote, new GitFetcher(new OkHttpClient(), policy), Contents.LIMITS);
  }
}
