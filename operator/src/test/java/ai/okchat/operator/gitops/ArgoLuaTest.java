package ai.okchat.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.luaj.vm2.LuaError;

/** The interpreter of these tests offers scripts no more than Argo CD does. */
final class ArgoLuaTest {

  private static final JsonNode EMPTY = JsonNodeFactory.instance.objectNode();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "return {at = os.time()}",
        "return {at = string.len(\"x\")}",
        "return {at = (\"x\"):len()}",
        "return {at = math.floor(1)}",
        "return {at = io.read()}",
        "return {at = require(\"os\").getenv(\"HOME\")}"
      })
  void otherLibrariesDoNotExist(String script) {
    assertThatThrownBy(() -> run(script)).isInstanceOf(LuaError.class);
  }

  @Test
  void osCanBeRequired() {
    // When
    var returned = ArgoLua.run("return {at = require(\"os\").time()}", EMPTY);

    // Then
    assertThat(returned.path("at").asLong()).isPositive();
  }

  private static void run(String script) {
    var _ = ArgoLua.run(script, EMPTY);
  }
}
