package ai.okchat.operator.knowledge.source;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.GitSource;
import ai.okchat.operator.fetch.AddressPolicy;
import ai.okchat.operator.fetch.Cidr;
import ai.okchat.operator.fetch.GitCredentials;
import ai.okchat.operator.fetch.GitFetcher;
import ai.okchat.operator.knowledge.source.Source.Reading;
import ai.okchat.planning.document.ContentSniffer;
import ai.okchat.planning.document.Omissions;
import ai.okchat.planning.document.SkippedFile;
import ai.okchat.planning.document.SourceTag;
import ai.okchat.planning.document.Titles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import okhttp3.OkHttpClient;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Content of the repositories of real tools: encodings, Git LFS, links, names, other files. */
class GitContentTest {

  private static final byte[] TEXT = Encoded.utf8("Text.");

  @TempDir private Path folder;
  private ServedRepository repository;

  @BeforeEach
  void serve() throws IOException, GitAPIException {
    repository = ServedRepository.in(folder);
  }

  @AfterEach
  void stop() {
    repository.close();
  }

  @Test
  void readsPagesInTheEncodingThatTheyDeclare() throws IOException {
    // Given
    repository.commit(
        Map.of(
            "euc-kr.html", Encoded.page("euc-kr", Encoded.CP949),
            "ks_c_5601.html", Encoded.page("ks_c_5601-1987", Encoded.CP949),
            "marked.html", Encoded.marked(Encoded.PAGE.formatted("utf-8"), StandardCharsets.UTF_8),
            "prices.csv", Encoded.PRICES.getBytes(Encoded.CP949)),
        Map.of());

    // When
    var read = read();

    // Then
    assertThat(Contents.texts(read))
        .isEqualTo(
            Map.of(
                "euc-kr.html", Encoded.PAGE_AS_TEXT,
                "ks_c_5601.html", Encoded.PAGE_AS_TEXT,
                "marked.html", Encoded.PAGE_AS_TEXT,
                "prices.csv", Encoded.PRICES));
  }

  @Test
  void rejectsPointersOfGitLfsByName() throws IOException {
    // Given
    repository.commit(
        Map.of(
            "docs/manual.pdf", Encoded.utf8(Encoded.POINTER),
            "docs/prices.csv", Encoded.utf8(Encoded.POINTER),
            "docs/a.md", TEXT),
        Map.of());

    // When
    var read = read();

    // Then
    assertThat(Contents.texts(read)).isEqualTo(Map.of("docs/a.md", "Text."));
    assertThat(Contents.reasons(read))
        .isEqualTo(
            Map.of(
                "docs/manual.pdf", ContentSniffer.KEPT_IN_LFS,
                "docs/prices.csv", ContentSniffer.KEPT_IN_LFS));
    assertThat(Contents.snapshot(read).omissions().rejected()).isEqualTo(2);
  }

  @Test
  void leavesOutWhatIsNoDocumentation() throws IOException {
    // Given
    repository.commit(
        Map.of(
            ".github/a.md", TEXT,
            ".github/ci.md", TEXT,
            "LICENSE.md", TEXT,
            "README.md", TEXT,
            "docs/empty.md", new byte[0],
            "node_modules/a/README.md", TEXT,
            "package.json", TEXT,
            "requirements.txt", TEXT,
            "src/Main.java", TEXT),
        Map.of());

    // When
    var read = read();

    // Then
    assertThat(Contents.texts(read)).isEqualTo(Map.of("README.md", "Text."));
    assertThat(Contents.reasons(read)).isEmpty();
    assertThat(Contents.snapshot(read).omissions())
        .isEqualTo(
            new Omissions(
                List.of(),
                "",
                leftOut(5, "LICENSE.md"),
                8,
                List.of(
                    new SkippedFile(".github/", Documentation.HIDDEN),
                    new SkippedFile("LICENSE.md", Documentation.NO_DOCUMENTATION),
                    new SkippedFile("docs/empty.md", "The document is empty."),
                    new SkippedFile("node_modules/", Documentation.HIDDEN),
                    new SkippedFile("package.json", Documentation.NO_DOCUMENTATION),
                    new SkippedFile("requirements.txt", Documentation.NO_DOCUMENTATION),
                    new SkippedFile("src/Main.java", Documentation.NO_DOCUMENTATION)),
                0));
  }

  @Test
  void remembersWhatTheSameCommitLeavesOut() throws IOException {
    // Given
    repository.commit(Map.of("README.md", TEXT, "logo.png", TEXT), Map.of());
    var before = Contents.snapshot(read());

    // When
    var again = Contents.snapshot(source(List.of()).read(Optional.of(before)));

    // Then
    assertThat(again.omissions())
        .isEqualTo(
            new Omissions(
                List.of(),
                "",
                leftOut(1, "logo.png"),
                1,
                List.of(new SkippedFile("logo.png", Documentation.NO_DOCUMENTATION)),
                0));
  }

  @Test
  void skipsNoFileThatTheSpecExcludes() throws IOException {
    // Given
    repository.commit(Map.of("a.md", TEXT, "src/Main.java", TEXT, ".hidden", TEXT), Map.of());
    var spec = new GitSource(repository.url(), null, List.of(), List.of("src/**", ".*"), null);

    // When
    var read = source(spec).read(Optional.empty());

    // Then
    assertThat(Contents.snapshot(read).omissions()).isEqualTo(Omissions.NONE);
  }

  @Test
  void namesTheFirstSkippedFilesAndCountsAll() throws IOException {
    // Given
    var files = new TreeMap<String, byte[]>();
    IntStream.range(0, 70).forEach(i -> files.put("image-%02d.png".formatted(i), TEXT));
    repository.commit(files, Map.of());

    // When
    var omissions = Contents.snapshot(read()).omissions();

    // Then
    assertThat(omissions.skipped()).isEqualTo(70);
    assertThat(omissions.skippedFiles())
        .hasSize(50)
        .endsWith(new SkippedFile("image-49.png", Documentation.NO_DOCUMENTATION));
  }

  @Test
  void namesIncludedFileThatCannotBeTaken() throws IOException {
    // Given
    repository.commit(
        Map.of("a.json", TEXT, "b.xlsx", TEXT, "c.md", new byte[0], "LICENSE.md", TEXT), Map.of());

    // When
    var read = read("*");

    // Then
    assertThat(Contents.texts(read)).isEqualTo(Map.of("a.json", "Text.", "LICENSE.md", "Text."));
    assertThat(Contents.reasons(read)).containsOnlyKeys("b.xlsx", "c.md");
  }

  @Test
  void matchesDecomposedNameWithComposedGlob() throws IOException {
    // Given
    var path = Normalizer.normalize("문서/안내.md", Normalizer.Form.NFD);
    repository.commit(Map.of(path, TEXT), Map.of());

    // When
    var read = read("문서/*.md");

    // Then
    assertThat(Contents.texts(read)).isEqualTo(Map.of(path, "Text."));
  }

  @Test
  @DisplayName("T91: a process under the POSIX locale reads files with names in Hangul")
  void readsHangulNamesUnderThePosixLocale() throws IOException, InterruptedException {
    // Given
    repository.commit(Map.of("README.md", TEXT, "문서/안내.md", TEXT), Map.of());
    var names = folder.resolve("names");
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var classes = System.getProperty("java.class.path");
    var operator =
        new ProcessBuilder(
                java, "-cp", classes, ReadNames.class.getName(), repository.url(), names.toString())
            .inheritIO();
    operator.environment().remove("LANG");
    operator.environment().put("LC_ALL", "POSIX");

    // When
    var exit = operator.start().waitFor();

    // Then
    assertThat(exit).isZero();
    assertThat(Files.readString(names)).isEqualTo("README.md\n문서/안내.md");
  }

  /** Writes the names of the documents of a repository to a file. */
  static final class ReadNames {

    private ReadNames() {}

    public static void main(String[] arguments) throws IOException {
      var read = source(arguments[0], List.of("**/*.md", "문서/*")).read(Optional.empty());
      Files.writeString(Path.of(arguments[1]), String.join("\n", Contents.texts(read).keySet()));
    }
  }

  @Test
  void linkToADocumentOfTheSourceAddsNothing() throws IOException {
    // Given
    repository.commit(
        Map.of("docs/README.md", TEXT), Map.of("README.md", "docs/README.md", "guide", "docs"));

    // When
    var read = read("**");

    // Then
    assertThat(Contents.texts(read)).isEqualTo(Map.of("docs/README.md", "Text."));
    assertThat(Contents.reasons(read)).isEmpty();
  }

  @Test
  void takesFileThatOnlyALinkGives() throws IOException {
    // Given
    repository.commit(
        Map.of("docs/intro.md", TEXT),
        Map.of("README.md", "other/link", "other/link", "../docs/./intro.md"));

    // When
    var read = read("README.md");

    // Then
    assertThat(Contents.texts(read)).isEqualTo(Map.of("README.md", "Text."));
  }

  @Test
  void namesIncludedLinkThatGivesNoFile() throws IOException {
    // Given
    repository.commit(
        Map.of("images/a.png", TEXT),
        Map.of(
            "absolute.md", "/etc/passwd",
            "above.md", "../secret.md",
            "broken.md", "docs/none.md",
            "circle.md", "circle.md",
            "folder.md", "images",
            "long.md", "a/".repeat(3_000)));

    // When
    var read = read("*.md");

    // Then
    assertThat(Contents.texts(read)).isEmpty();
    assertThat(Contents.reasons(read))
        .isEqualTo(
            Map.of(
                "absolute.md", GitLinks.LEADS_OUT,
                "above.md", GitLinks.LEADS_OUT,
                "broken.md", GitLinks.LEADS_NOWHERE,
                "circle.md", GitLinks.LEADS_NOWHERE,
                "folder.md", GitLinks.LEADS_TO_A_FOLDER,
                "long.md", GitLinks.LEADS_OUT));
  }

  @Test
  void brokenLinkMakesNoSourceFailThatDoesNotIncludeIt() throws IOException {
    // Given
    repository.commit(Map.of("a.md", TEXT), Map.of("README.md", "none.md"));

    // When
    var read = read();

    // Then
    assertThat(Contents.reasons(read)).isEmpty();
    assertThat(Contents.snapshot(read).omissions().leftOut()).isEqualTo(leftOut(1, "README.md"));
  }

  @Test
  @DisplayName("odd_file_names: each file is one document of its own")
  void takesFilesOfAnyName() throws IOException {
    // Given
    var names =
        List.of(
            "a b.md",
            "a#b.md",
            "100%.md",
            "what?.md",
            "\"quoted\".md",
            "it's.md",
            "A.md",
            "a.md",
            "😀.md",
            "안내.md",
            "문서/안내.md",
            "x".repeat(200) + ".md",
            "d/".repeat(30) + "deep.md");
    var files = new TreeMap<String, byte[]>();
    names.forEach(name -> files.put(name, Encoded.utf8("Text of " + name)));
    repository.commit(files, Map.of());

    // When
    var read = read();

    // Then
    assertThat(Contents.texts(read)).containsOnlyKeys(names);
    assertThat(Titles.assign(SourceTag.of("team", "docs"), Contents.snapshot(read).documents()))
        .extracting(document -> document.title().name())
        .doesNotHaveDuplicates();
  }

  private Reading read(String... include) {
    return source(List.of(include)).read(Optional.empty());
  }

  private GitFiles source(List<String> include) {
    return source(repository.url(), include);
  }

  private static GitFiles source(String url, List<String> include) {
    return source(new GitSource(url, null, include, List.of(), null));
  }

  private static GitFiles source(GitSource spec) {
    var policy = new AddressPolicy(List.of(Cidr.parse("127.0.0.0/8")));
    var remote = new GitFetcher.Remote(spec.url(), null, GitCredentials.of(Map.of()));
    return new GitFiles(spec, remote, new GitFetcher(new OkHttpClient(), policy), Contents.LIMITS);
  }

  private static String leftOut(int count, String first) {
    return "The source leaves out %d files that are not documentation or have no text, such as %s. Name them in include to ingest them."
        .formatted(count, first);
  }
}
