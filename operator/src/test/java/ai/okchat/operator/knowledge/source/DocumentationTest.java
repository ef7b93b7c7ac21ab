package ai.okchat.operator.knowledge.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of a repository that are documents without {@code include}. */
class DocumentationTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "README.md",
        "docs/a.mdx",
        "docs/a.markdown",
        "docs/A.TXT",
        "docs/index.html",
        "docs/manual.pdf",
        "docs/manual.docx",
        "docs/prices.csv",
        "문서/안내.md",
        "docs/licensing.md",
        "docs/requirements.md",
        "llms.txt",
        "docs/targets/a.md",
      })
  void includesDocumentation(String path) {
    assertThat(Documentation.includes(path)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".github/ci.md",
        "docs/.draft.md",
        "node_modules/a/README.md",
        "a/vendor/b/README.md",
        "target/site/index.html",
        "LICENSE",
        "LICENSE.md",
        "sub/license.txt",
        "COPYING.txt",
        "requirements.txt",
        "a/CMakeLists.txt",
        "robots.txt",
        "docs/~$manual.docx",
        "package-lock.json",
        "package.json",
        "Cargo.lock",
        "src/Main.java",
        "docs/logo.png",
        "docs/table.xlsx",
        "Makefile",
        "md",
      })
  void excludesFilesOfToolsAndOthers(String path) {
    assertThat(Documentation.includes(path)).isFalse();
  }
}
