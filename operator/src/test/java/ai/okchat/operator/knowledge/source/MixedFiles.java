package ai.okchat.operator.knowledge.source;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.planning.document.ContentSniffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.jgit.api.errors.GitAPIException;

/**
 * A repository of more than 200 files as users have them: of an office program, in encodings of
 * Windows, with odd names, renamed, linked, empty, and kept in Git LFS. {@code
 * operator/src/corpus/mixed.py} makes it with the tools that users have; {@code files.tsv} has what
 * happens to each file without {@code include} and with {@code **}.
 */
public final class MixedFiles {

  /** The fate of a file that is in the bot. */
  public static final String TAKEN = "taken";

  private static final Path FILES = Path.of("src", "test", "resources", "mixed");
  private static final int FEWEST_FILES = 200;
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

  private MixedFiles() {}

  public static ServedRepository serve(Path folder) throws IOException, GitAPIException {
    var repository = ServedRepository.in(folder);
    repository.take(FILES.resolve("files.bundle"));
    return repository;
  }

  /** The fate of each file without {@code include}: {@link #TAKEN}, a reason, or a group. */
  public static Map<String, String> withoutInclude() throws IOException {
    return fates(1);
  }

  /** The fate of each file with {@code include: ["**"]}. */
  static Map<String, String> withAll() throws IOException {
    return fates(2);
  }

  public static boolean isBinary(String name) {
    return BINARY.stream().anyMatch(name.toLowerCase(Locale.ROOT)::endsWith);
  }

  private static Map<String, String> fates(int column) throws IOException {
    var fates = new TreeMap<String, String>();
    try (Stream<String> lines = Files.lines(FILES.resolve("files.tsv"))) {
      lines
          .map(line -> List.of(line.split("\t", -1)))
          .forEach(row -> fates.put(row.getFirst(), fate(row.getFirst(), row.get(column))));
    }
    assertThat(fates).hasSizeGreaterThanOrEqualTo(FEWEST_FILES);
    return fates;
  }

  private static String fate(String name, String group) {
    return group.equals("not the type") ? notOfItsType(name) : REASONS.getOrDefault(group, group);
  }

  private static String notOfItsType(String name) {
    return "The content is not that of a %s file, or it is protected by a password. Correct the file or its extension."
        .formatted(name.substring(name.lastIndexOf('.')));
  }
}
