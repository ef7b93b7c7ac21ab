package ai.okchat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SpecReaderTest {

  @Test
  void acceptsEachKindOfSourceThatTheApiServerAccepts() throws IOException {
    // Given
    var kinds = kindsOfTheCustomResourceDefinition();
    assertThat(kinds).contains("documents", "git");

    // Then
    assertThat(kinds)
        .allSatisfy(
            kind -> {
              var spec = JsonNodeFactory.instance.objectNode().put(kind, true);
              assertThatCode(() -> SpecReader.requireOneSource(spec)).doesNotThrowAnyException();
            });
  }

  /** Returns the fields in the rule that exactly one source is set. */
  private static List<String> kindsOfTheCustomResourceDefinition() throws IOException {
    var crd = Files.readString(Path.of("..", "..", "crds", "knowledgesources.okchat.ai.yaml"));
    var rule = crd.substring(crd.indexOf("[has("), crd.indexOf("].exists_one(given"));
    return Pattern.compile("has\\(self\\.(\\w+)\\)")
        .matcher(rule)
        .results()
        .map(field -> field.group(1))
        .toList();
  }
}
