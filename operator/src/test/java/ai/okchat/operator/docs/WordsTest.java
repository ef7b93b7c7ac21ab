package ai.okchat.operator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The language of docs, comments and messages: the English of the Kubernetes documentation. */
class WordsTest {

  private static final Path ROOT = Path.of("..");

  private static final Pattern BANNED =
      Pattern.compile(
          "\\b(can not|for ever|anew|at present|(is|are) not there|no more(?! than)|nobody|somebody"
              + "|whoever|mend(s|ed|ing)?|(?<!self-)heal(s|ed|ing)?|put(s|ting)? right"
              + "|tak(e|es|en|ing) along|look(s|ed|ing)? at|wak(e|es|ing)|woken?)\\b",
          Pattern.CASE_INSENSITIVE);

  /** A clause without a subject as a sentence; a question may start like it. */
  private static final Pattern HEADLESS =
      Pattern.compile("(?<=^|[.!:] )(What|Who|Whoever|Where|That which)\\b[^?.]*(\\.|$)");

  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<text>\"\"\"[\\s\\S]*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\")|'(?:\\\\.|[^'\\\\\\n])+'"
              + "|(?<comment>/\\*[\\s\\S]*?\\*/|(?://[^\\n]*\\n?\\s*)+)");
  private static final Pattern CONCATENATION = Pattern.compile("\"\\s*\\+\\s*\"");
  private static final Pattern CODE =
      Pattern.compile("(?ms)^ *```.*?^ *```|^ {4}.*?$|`[^`]*`|\\{@(code|link|snippet) [^}]*}");
  private static final Pattern MARGIN = Pattern.compile("(?m)^\\s*(/?\\*+/?|//)|\\*/");
  private static final Pattern PARAGRAPH =
      Pattern.compile("\\n\\s*\\n|\\n\\s*[-*|#] |\\||@\\w+ \\w+");
  private static final Pattern SPACE = Pattern.compile("\\s+");

  @ParameterizedTest
  @MethodSource
  void areTheWordsOfKubernetes(Path file) throws IOException {
    assertThat(violations(file)).isEmpty();
  }

  static Stream<Path> areTheWordsOfKubernetes() throws IOException {
    try (var files = Files.walk(ROOT)) {
      return files.filter(WordsTest::isWritten).map(ROOT::relativize).sorted().toList().stream();
    }
  }

  private static boolean isWritten(Path file) {
    var path = file.toString();
    return (path.endsWith(".java") || path.endsWith(".md"))
        && !path.contains("/target/")
        && !path.contains("/.")
        && !file.endsWith("WordsTest.java");
  }

  private static List<String> violations(Path file) throws IOException {
    var text = Files.readString(ROOT.resolve(file));
    var prose = file.toString().endsWith(".md") ? List.of(text) : prose(file, text);
    return prose.stream()
        .flatMap(passage -> PARAGRAPH.splitAsStream(CODE.matcher(passage).replaceAll("X")))
        .map(paragraph -> SPACE.matcher(paragraph).replaceAll(" ").strip())
        .flatMap(
            paragraph ->
                Stream.concat(
                    BANNED.matcher(paragraph).results(), HEADLESS.matcher(paragraph).results()))
        .map(MatchResult::group)
        .toList();
  }

  /** Comments, and the string literals of code that is not a test. */
  private static List<String> prose(Path file, String code) {
    var isMain = file.toString().contains("/main/");
    var prose = new ArrayList<String>();
    for (var token : TOKEN.matcher(CONCATENATION.matcher(code).replaceAll("")).results().toList()) {
      if (token.group("comment") != null) {
        prose.add(MARGIN.matcher(token.group("comment")).replaceAll(""));
      } else if (isMain && token.group("text") != null) {
        prose.add(token.group("text"));
      }
    }
    return prose;
  }
}
