package ai.okchat.operator.knowledge.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.okchat.api.v1alpha1.GitSource;
import ai.okchat.operator.fetch.AddressPolicy;
import ai.okchat.operator.fetch.Cidr;
import ai.okchat.operator.fetch.GitCredentials;
import ai.okchat.operator.fetch.GitFetcher;
import ai.okchat.operator.fetch.SourceException;
import ai.okchat.planning.document.SourceFile;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.OkHttpClient;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.dircache.DirCacheEditor;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of a repository that is served over HTTP. */
class GitFilesTest {

  private static final AddressPolicy LOOPBACK_TOO =
      new AddressPolicy(List.of(Cidr.parse("127.0.0.0/8")));

  @TempDir private Path folder;
  private ServedRepository repository;

  @BeforeEach
  void serve() throws IOException, GitAPIException {
    repository = ServedRepository.in(folder);
    repository.write("README.md", "# Read me");
    repository.write("docs/setup.md", "Set it up.");
    repository.write("docs/deep/er.txt", "Deeper.");
    repository.write("docs/logo.png", "no text");
    repository.write(".github/ci.md", "hidden");
    repository.commit();
  }

  @AfterEach
  void stop() {
    repository.close();
  }

  @Test
  void readsFilesAsDocumentsByTheirPaths() {
    // When
    var read = source(null, List.of(), List.of()).read(Optional.empty());

    // Then
    assertThat(Contents.texts(read))
        .isEqualTo(
            Map.of(
                "README.md", "# Read me",
                "docs/setup.md", "Set it up.",
                "docs/deep/er.txt", "Deeper."));
    assertThat(Contents.reasons(read)).isEmpty();
    assertThat(Contents.snapshot(read).omissions().leftOut())
        .isEqualTo(leftOut(1, "docs/logo.png"));
  }

  @Test
  @DisplayName("T62: a repository of too many levels of folders is rejected")
  void rejectsDeepFolders() throws IOException, GitAPIException {
    // Given
    repository.write("a/".repeat(32) + "x.md", "Deep.");
    repository.commit();
    var deep = source(null, List.of(), List.of()).read(Optional.empty());
    repository.write("b/".repeat(33) + "x.md", "Too deep.");
    repository.commit();

    // When, Then
    assertThat(Contents.texts(deep)).containsKey("a/".repeat(32) + "x.md");
    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(() -> source(null, List.of(), List.of()).read(Optional.empty()))
        .withMessage(
            "The repository has more than 32 levels of folders, which is the limit. Use another"
                + " one.")
        .matches(failure -> !failure.isTransient());
  }

  @Test
  void filtersFilesByIncludeAndExclude() {
    // When
    var read =
        source(null, List.of("docs/**/*.md", "**/*.txt"), List.of("docs/deep/**"))
            .read(Optional.empty());

    // Then
    assertThat(Contents.texts(read)).containsOnlyKeys("docs/setup.md");
    assertThat(Contents.reasons(read)).isEmpty();
  }

  @Test
  void readsBranchTagAndCommit() throws GitAPIException, IOException {
    // Given
    repository
        .git()
        .tag()
        .setName("v1")
        .setAnnotated(true)
        .setMessage("One")
        .setSigned(false)
        .call();
    var first = repository.git().log().setMaxCount(1).call().iterator().next().getName();
    repository.git().checkout().setCreateBranch(true).setName("next").call();
    repository.write("README.md", "# Next");
    repository.commit();

    // When, Then
    assertThat(readMe("next")).isEqualTo("# Next");
    assertThat(readMe("main")).isEqualTo("# Read me");
    assertThat(readMe("v1")).isEqualTo("# Read me");
    repository.git().checkout().setName("main").call();
    assertThat(readMe(first)).isEqualTo("# Read me");
  }

  @Test
  void doesNotFetchTheSameCommitAgain() {
    // Given
    var before = Contents.snapshot(source(null, List.of(), List.of()).read(Optional.empty()));
    repository.requests().clear();

    // When
    var again = Contents.snapshot(source(null, List.of(), List.of()).read(Optional.of(before)));

    // Then
    assertThat(again.documents())
        .isEqualTo(before.documents().stream().map(SourceFile::withoutBytes).toList());
    assertThat(again.hasContent()).isFalse();
    assertThat(repository.requests()).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void doesNotFollowSymbolicLinks() throws IOException, GitAPIException {
    // Given
    Files.createSymbolicLink(folder.resolve("passwd.md"), Path.of("/etc/passwd"));
    repository.commit();

    // When
    var read = source(null, List.of("*.md"), List.of()).read(Optional.empty());

    // Then
    assertThat(Contents.texts(read)).containsOnlyKeys("README.md");
    assertThat(Contents.reasons(read))
        .isEqualTo(
            Map.of("passwd.md", "It is a symbolic link, which the operator does not follow."));
  }

  @Test
  void readsRepositoryServedAsPlainFiles() throws IOException {
    // Given
    try (var plain = repository.asPlainFiles()) {

      // When
      var read = source(plain.url(), null, List.of("docs/**"), List.of()).read(Optional.empty());

      // Then
      assertThat(Contents.texts(read))
          .isEqualTo(Map.of("docs/setup.md", "Set it up.", "docs/deep/er.txt", "Deeper."));
    }
  }

  @Test
  void readsRepositoryWithAToken() {
    // Given
    repository.demand("x-access-token", "s3cret");

    // When
    var read = source(Map.of("token", "s3cret"), LOOPBACK_TOO).read(Optional.empty());

    // Then
    assertThat(Contents.texts(read)).containsKey("README.md");
  }

  @Test
  void messageNamesMissingCredentialsAndAFix() {
    // Given
    repository.demand("me", "s3cret");

    // When, Then
    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(
            () ->
                source(Map.of("username", "me", "password", "wrong"), LOOPBACK_TOO)
                    .read(Optional.empty()))
        .withMessageContaining("does not accept the credentials")
        .withMessageNotContaining("wrong")
        .matches(exception -> !exception.isTransient());
  }

  @Test
  void rejectsForbiddenAddress() {
    // When, Then
    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(() -> source(Map.of(), new AddressPolicy(List.of())).read(Optional.empty()))
        .withMessageContaining("FETCH_ALLOW_CIDRS")
        .matches(exception -> !exception.isTransient());
    assertThat(repository.requests()).isEmpty();
  }

  @Test
  @DisplayName("branch_renamed: the default branch is followed, and a missing one named")
  void followsTheDefaultBranchUnderAnotherName() throws GitAPIException {
    // Given
    repository.git().branchRename().setOldName("main").setNewName("trunk").call();

    // When
    var read = source(null, List.of("README.md"), List.of()).read(Optional.empty());

    // Then
    assertThat(Contents.texts(read)).isEqualTo(Map.of("README.md", "# Read me"));
    assertThat(readMe("trunk")).isEqualTo("# Read me");
    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(() -> readMe("main"))
        .withMessageContaining("no branch, tag or commit main. Correct spec.git.ref.");
  }

  @Test
  @DisplayName("submodule: its files are in another repository, and the others continue")
  void ignoresSubmodule() throws GitAPIException, IOException {
    // Given
    var index = repository.git().getRepository().lockDirCache();
    var editor = index.editor();
    editor.add(
        new DirCacheEditor.PathEdit("docs/shared") {
          @Override
          public void apply(DirCacheEntry entry) {
            entry.setFileMode(FileMode.GITLINK);
            entry.setObjectId(ObjectId.fromString("1".repeat(40)));
          }
        });
    editor.commit();
    repository
        .git()
        .commit()
        .setMessage("Add a submodule")
        .setAuthor("Test", "test@example.com")
        .setCommitter("Test", "test@example.com")
        .setSign(false)
        .call();

    // When
    var read = source(null, List.of("docs/**"), List.of("**/*.png")).read(Optional.empty());

    // Then
    assertThat(Contents.texts(read)).containsOnlyKeys("docs/setup.md", "docs/deep/er.txt");
    assertThat(Contents.reasons(read)).isEmpty();
  }

  @Test
  @DisplayName("repository_moved: a permanent redirect to the new address is followed")
  void followsRedirectToTheNewAddress() throws IOException {
    // Given
    var old = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    old.createContext(
        "/old.git",
        exchange -> {
          var target = exchange.getRequestURI().toString().replace("/old.git", repository.url());
          exchange.getResponseHeaders().set("Location", target);
          exchange.sendResponseHeaders(301, -1);
          exchange.close();
        });
    old.start();
    var url = "http://127.0.0.1:%d/old.git".formatted(old.getAddress().getPort());

    // When
    var read = source(url, null, List.of("README.md"), List.of()).read(Optional.empty());
    old.stop(0);

    // Then
    assertThat(Contents.texts(read)).isEqualTo(Map.of("README.md", "# Read me"));
  }

  @Test
  @DisplayName("empty_repository: a repository without a commit is named with the way out")
  void namesRepositoryWithoutACommit(@TempDir Path other) throws GitAPIException, IOException {
    // Given
    try (var empty = ServedRepository.in(other)) {

      // When, Then
      assertThatExceptionOfType(SourceException.class)
          .isThrownBy(() -> source(empty.url(), null, List.of(), List.of()).read(Optional.empty()))
          .withMessage(
              "The repository %s has no branch, tag or commit HEAD. Correct spec.git.ref."
                  .formatted(empty.url()))
          .matches(failure -> !failure.isTransient());
    }
  }

  @Test
  @DisplayName("empty_repository: a repository that does not exist is named with the way out")
  void namesMissingRepository() {
    // Given
    var url = repository.url().replace("docs.git", "none.git");

    // When, Then
    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(() -> source(url, null, List.of(), List.of()).read(Optional.empty()))
        .withMessage(
            "There is no repository at %s, or it needs other credentials. Correct spec.git.url or the Secret of spec.git.secretRef."
                .formatted(url))
        .matches(failure -> !failure.isTransient());
  }

  @Test
  void namesMissingRef() {
    // When, Then
    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(() -> source("nowhere", List.of(), List.of()).read(Optional.empty()))
        .withMessageContaining("no branch, tag or commit nowhere");
  }

  @Test
  @DisplayName("T67: a path that is too long is a failed document, and the others continue")
  void rejectsPathAboveLimitOfNames() throws IOException, GitAPIException {
    // Given
    var tooLong = ("x".repeat(200) + "/").repeat(5) + "y".repeat(20) + ".md";
    repository.write(tooLong, "deep");
    repository.commit();

    // When
    var read = source(null, List.of("*.md", "x*/**"), List.of()).read(Optional.empty());

    // Then
    assertThat(Contents.texts(read)).containsOnlyKeys("README.md");
    assertThat(Contents.reasons(read))
        .isEqualTo(
            Map.of(
                "x".repeat(100) + "…", "The name is longer than 1024 bytes, which is the limit."));
  }

  @Test
  @DisplayName("T92: an address that the HTTP client cannot parse is rejected with its field")
  void namesFieldOfAddressThatCannotBeParsed() {
    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(
            () -> source("https://a..b/x.git", null, List.of(), List.of()).read(Optional.empty()))
        .withMessage(
            "spec.git.url is not the address of a repository. Write one such as"
                + " https://example.com/team/docs.git.")
        .matches(failure -> !failure.isTransient());
  }

  private @Nullable String readMe(String ref) {
    return Contents.texts(source(ref, List.of("README.md"), List.of()).read(Optional.empty()))
        .get("README.md");
  }

  private GitFiles source(@Nullable String ref, List<String> include, List<String> exclude) {
    return source(repository.url(), ref, include, exclude);
  }

  private static GitFiles source(
      String url, @Nullable String ref, List<String> include, List<String> exclude) {
    var spec = new GitSource(url, ref, include, exclude, null);
    var remote = new GitFetcher.Remote(url, ref, GitCredentials.of(Map.of()));
    return new GitFiles(
        spec, remote, new GitFetcher(new OkHttpClient(), LOOPBACK_TOO), Contents.LIMITS);
  }

  private GitFiles source(Map<String, String> secret, AddressPolicy policy) {
    var spec = new GitSource(repository.url(), null, List.of(), List.of(), null);
    var remote = new GitFetcher.Remote(repository.url(), null, GitCredentials.of(secret));
    return new GitFiles(spec, remote, new GitFetcher(new OkHttpClient(), policy), Contents.LIMITS);
  }

  private static String leftOut(int count, String first) {
    return "The source leaves out %d files that are not documentation or have no text, such as %s. Name them in include to ingest them."
        .formatted(count, first);
  }
}
