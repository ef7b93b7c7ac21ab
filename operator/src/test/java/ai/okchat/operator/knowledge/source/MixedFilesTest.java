package ai.okchat.operator.knowledge.source;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.GitSource;
import ai.okchat.operator.fetch.AddressPolicy;
import ai.okchat.operator.fetch.Cidr;
import ai.okchat.operator.fetch.GitCredentials;
import ai.okchat.operator.fetch.GitFetcher;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import okhttp3.OkHttpClient;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fate of each file of {@link MixedFiles}. */
final class MixedFilesTest {

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
  void takesTheDocumentationAndNamesEachFileThatItCannotRead() throws IOException {
    // When
    var read = Contents.snapshot(source(List.of()).read(Optional.empty()));

    // Then
    var expected = MixedFiles.withoutInclude();
    var leftOut = Collections.frequency(expected.values(), "left out");
    expected.values().removeIf(List.of("left out", "hidden", "link")::contains);
    assertThat(fates(read)).isEqualTo(expected);
    assertThat(read.omissions().leftOut())
        .startsWith("The source leaves out %d files".formatted(leftOut));
  }

  @Test
  void namesEachFileThatIncludeAsksForAndThatItCannotTake() throws IOException {
    // When
    var read = Contents.snapshot(source(List.of("**")).read(Optional.empty()));

    // Then
    var expected = MixedFiles.withAll();
    expected.values().removeIf("link"::equals);
    assertThat(fates(read)).isEqualTo(expected);
    assertThat(read.omissions().leftOut()).isEmpty();
  }

  @Test
  void textArrivesInUtf8() throws IOException {
    // When
    var texts = Contents.texts(source(List.of()).read(Optional.empty()));

    // Then
    texts.keySet().removeIf(MixedFiles::isBinary);
    var expected = MixedFiles.withoutInclude();
    expected.values().removeIf(fate -> !fate.equals(MixedFiles.TAKEN));
    expected.keySet().removeIf(MixedFiles::isBinary);
    assertThat(texts.keySet()).isEqualTo(expected.keySet());
    assertThat(texts.values())
        .allSatisfy(text -> assertThat(text).doesNotContain("\uFFFD", "\uFEFF", "\0"))
        .allSatisfy(text -> assertThat(text).containsAnyOf("배송비는 3,000원이고", "설렁탕 0"));
  }

  /** Returns what happened to each file that is in the bot or named in the status. */
  private static Map<String, String> fates(Snapshot read) {
    var fates = new TreeMap<String, String>();
    read.documents().forEach(document -> fates.put(document.name(), MixedFiles.TAKEN));
    read.unusable().forEach(file -> fates.put(file.name(), file.why()));
    return fates;
  }

  private GitFiles source(List<String> include) {
    var policy = new AddressPolicy(List.of(Cidr.parse("127.0.0.0/8")));
    var spec = new GitSource(repository.url(), null, include, List.of(), null);
    var remote = new GitFetcher.Remote(repository.url(), null, GitCredentials.of(Map.of()));
    return new GitFiles(spec, remote, new GitFetcher(new OkHttpClient(), policy), Contents.LIMITS);
  }
}
