package ai.okchat.planning.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.text.Normalizer;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Globs on paths, as users write them and as an attacker does. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GlobTest {

  @ParameterizedTest(name = "{0} on {1}: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "*.md | a.md | true",
        "*.md | .md | true",
        "*.md | a.mdx | false",
        "*.md | docs/a.md | false",
        "*.MD | a.md | false",
        "*a*b*c | xaybzc | true",
        "*a*b*c | xaybz | false",
        "* | .github | true",
        "a?c | abc | true",
        "a?c | a😀c | true",
        "a?c | a/c | false",
        "a?c | ac | false",
        "*größe* | x größe.md | true",
        "** | a/b/c | true",
        "docs/** | docs/a/b.md | true",
        "docs/** | docs | false",
        "docs** | docs/a | true",
        "**/a.md | a.md | true",
        "**/a.md | x/y/a.md | true",
        "**/a.md | xa.md | false",
        "docs/**/*.md | docs/a.md | true",
        "docs/**/*.md | docs/x/y/a.md | true",
        "docs/**/*.md | other/a.md | false",
        "**/b/**/d.md | b/d.md | true",
        "**/b/**/d.md | a/b/d.md | true",
        "**/b/**/d.md | b/c/d.md | true",
        "**/b/**/d.md | a/a/b/c/c/d.md | true",
        "**/b/**/d.md | a/d.md | false",
        "/docs/** | /docs/a | true",
        "/docs/** | docs/a | true",
        "docs/** | /docs/a | true",
        "./docs/** | docs/a | true",
        "docs/** | ./docs/a | true",
        "/docs/** | x/docs/a | false",
        "/** | / | true",
        "{a,b*}.md | a.md | true",
        "{a,b*}.md | bcd.md | true",
        "{a,b*}.md | c.md | false",
        "{/docs,/blog}/** | /blog/a | true",
        "{docs/,}**/a.md | x/a.md | true",
        "a{,b} | a | true",
        "a,b} | a,b} | true",
        "[a-c]1 | b1 | true",
        "[a-c]1 | d1 | false",
        "[!a-c]1 | d1 | true",
        "[!a-c]1 | b1 | false",
        "[!a]b | /b | false",
        "[-a]b | -b | true",
        "[a-]b | -b | true",
        "[*?]b | *b | true",
        "[]]b | ]b | true",
        "a\\*b | a*b | true",
        "a\\*b | axb | false",
        "\\{a\\} | {a} | true",
      })
  void matchesWholePath(String glob, String path, boolean isMatch) {
    assertThat(new Glob(glob).matches(path)).isEqualTo(isMatch);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[a", "[]", "{a", "{a,{b,c}}", "a\\", "[z-a]", "[a/b]"})
  void namesTextThatIsNotAGlob(String text) {
    // When, Then
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> Globs.of(List.of(text), List.of()))
        .withMessage(
            "'%s' in include or exclude is not a glob. Write one such as docs/**/*.md."
                .formatted(text));
  }

  @ParameterizedTest
  @CsvSource({"NFC, NFC", "NFC, NFD", "NFD, NFC", "NFD, NFD"})
  void matchesLettersInEveryNormalization(Normalizer.Form ofGlob, Normalizer.Form ofPath) {
    // Given
    var globs = Globs.of(List.of(Normalizer.normalize("문서/[가-힣]?.md", ofGlob)), List.of());

    // When
    var isMatch = globs.match(Normalizer.normalize("문서/안내.md", ofPath));

    // Then
    assertThat(isMatch).isTrue();
  }

  @Test
  @DisplayName("T67: a glob of many stars on a name that almost matches ends at once")
  void endsWhenManyStarsAlmostMatch() {
    // Given
    var globs = Globs.of(List.of("*a".repeat(19) + "b"), List.of("**/*a".repeat(51) + "b"));

    // When
    var isMatch = globs.match("a".repeat(250));

    // Then
    assertThat(isMatch).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"*a", "**a", "**/", "a*/", "{a,aa}", "{*,**}", "{a*,*a}", "[a-b]*", "?*"})
  @DisplayName("T67: the longest globs and names end at once")
  void endsWhenGlobAndNameAreLongest(String part) {
    // Given
    var glob = part.repeat(255 / part.length()) + "b";
    var globs = Globs.of(List.of(), Collections.nCopies(64, glob));

    // When
    var isMatch = globs.match("a".repeat(1024)) && globs.match("a/".repeat(512));

    // Then
    assertThat(isMatch).isTrue();
  }
}
