package ai.okchat.operator.knowledge.source;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.GitSource;
import ai.okchat.operator.fetch.AddressPolicy;
import ai.okchat.operator.fetch.Cidr;
import ai.okchat.operator.fetch.GitCredentials;
import ai.okchat.operator.fetch.GitFetcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A repository of more than 200 files as users have them: of an office program, in encodings of
 * Windows, with odd names, renamed, linked, empty, and kept in Git LFS. {@code
 * operator/src/corpus/mixed.py} makes it with the tools that users have; {@code files.tsv} has what
 * happens to each file without {@code include} and with {@code **}.
 */
final class MixedFilesTest {

  private static final Path FILES = Path.of("src", "test", "resources", "mixed");
  private static final int FEWEST_FILES = 200;
  private static final String TAKEN = "taken";
  private static final List<String> BINARY = List.of(".pdf", ".doc", ".docx");

  private static final Map<String, String> REASONS =
      Map.of(
          "no text", ContentSniffer.NO_TEXT,
          "encoding", ContentSniffer.UNKNOWN_ENCODING,
          "lfs", ContentSniffer.KEPT_IN_LFS,
          "empty", "The document is empty.",
          "no page text", "The page cannot be turned into text.",
          "nowhere", GitLinks.LEADS_NOWHERE,
          "leads out", GitLinks.LEADS_OUT,
          "unsupported",
              "The type of the file is not supported. Supported types: %s."
                  .formatted(DocumentCollector.TYPES));

  @TempDir private Path folder;
  private ServedRepository repository;

  @BeforeEach
  void serve() throws IOException, GitAPIException {
    repository = ServedRepository.in(folder);
    repository.take(FILES.resolve("files.bundle"));
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
    var expected = expected(1);
    expected.values().removeIf(List.of("left out", "hidden", "link")::contains);
    assertThat(fates(read)).isEqualTo(expected);
    assertThat(read.omissions().leftOut())
        .startsWith("The source leaves out %d files".formatted(leftOut()));
  }

  @Test
  void namesEachFileThatIncludeAsksForAndThatItCannotTake() throws IOException {
    // When
    var read = Contents.snapshot(source(List.of("**")).read(Optional.empty()));

    // Then
    var expected = expected(2);
    expected.values().removeIf("link"::equals);
    assertThat(fates(read)).isEqualTo(expected);
    assertThat(read.omissions().leftOut()).isEmpty();
  }

  @Test
  void textArrivesInUtf8() throws IOException {
    // When
    var texts = Contents.texts(source(List.of()).read(Optional.empty()));

    // Then
    texts.keySet().removeIf(MixedFilesTest::isBinary);
    assertThat(texts.keySet()).isEqualTo(takenTexts());
    assertThat(texts.values())
        .allSatisfy(text -> assertThat(text).doesNotContain("\uFFFD", "\uFEFF", "\0"))
        .allSatisfy(text -> assertThat(text).containsAnyOf("배송비는 3,000원이고", "설렁탕 0"));
  }

  private static boolean isBinary(String name) {
    return BINARY.stream().anyMatch(name.toLowerCase(Locale.ROOT)::endsWith);
  }

  private static Set<String> takenTexts() throws IOException {
    var expected = expected(1);
    expected.values().removeIf(fate -> !fate.equals(TAKEN));
    expected.keySet().removeIf(MixedFilesTest::isBinary);
    return expected.keySet();
  }

  /** Returns what happened to each file that is in the bot or named in the status. */
  private static Map<String, String> fates(Snapshot read) {
    var fates = new TreeMap<String, String>();
    read.documents().forEach(document -> fates.put(document.name(), TAKEN));
    read.unusable().forEach(file -> fates.put(file.name(), file.why()));
    return fates;
  }

  private static long leftOut() throws IOException {
    return rows().filter(row -> row.get(1).equals("left out")).count();
  }

  /** Returns what happens to each file, from a column of the table. */
  private static Map<String, String> expected(int column) throws IOException {
    var expected = new TreeMap<String, String>();
    rows()
        .forEach(
            row -> {
              var fate = row.get(column);
              var isOfOtherType = fate.equals("not the type");
              expected.put(
                  row.getFirst(),
                  isOfOtherType ? notOfItsType(row.getFirst()) : REASONS.getOrDefault(fate, fate));
            });
    assertThat(expected).hasSizeGreaterThanOrEqualTo(FEWEST_FILES);
    return expected;
  }

  private static Stream<List<String>> rows() throws IOException {
    return Files.readAllLines(FILES.resolve("files.tsv")).stream()
        .map(line -> List.of(line.split("\t", -1)));
  }

  private static String notOfItsType(String name) {
    return "The content is not that of a %s file, or it is protected by a password. Correct the file or its extension."
        .formatted(name.substring(name.lastIndexOf('.')));
  }

  private GitFiles source(List<String> include) {
    var policy = new AddressPolicy(List.of(Cidr.parse("127.0.0.0/8")));
    var spec = new GitSource(repository.url(), null, include, List.of(), null);
    var remote = new GitFetcher.Remote(repository.url(), null, GitCredentials.of(Map.of()));
    return new GitFiles(spec, remote, new GitFetcher(new OkHttpClient(), policy), Contents.LIMITS);
  }
}
