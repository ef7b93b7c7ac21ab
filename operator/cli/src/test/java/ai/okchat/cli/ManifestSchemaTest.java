package ai.okchat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestSchemaTest {
  private static final String HELP = ". See: kubectl explain, or operator/docs/fields.md";

  private static void check(String manifest) {
    var objects =
        ManifestReader.read(
            List.of("-"), new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8)));
    new ManifestSchema().check(objects.getFirst().object());
  }

  private static String object(String kind, String spec) {
    return "{apiVersion: okchat.ai/v1alpha1, kind: %s, metadata: {name: support}, spec: {%s}}"
        .formatted(kind, spec);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "prompt: P | spec.name is required",
        "name: | spec.name is required",
        "name: B, promptFrom: {} | spec.promptFrom.configMapKeyRef is required",
        "name: B, avatar: {configMapKeyRef: {key: a.png}} | spec.avatar.configMapKeyRef.name is"
            + " required",
        "name: B, greting: Hi | spec.greting is not a field of this version",
        "name: B, snippet: {colour: '#fff'} | spec.snippet.colour is not a field of this version",
        "name: B, public: 'true' | spec.public is a text, and needs true or false, without quotes",
        "name: B, suspend: 'yes' | spec.suspend is a text, and needs true or false, without quotes",
        "name: 7 | spec.name is a number, and needs a text: put the value in quotes",
        "name: B, greeting: True | spec.greeting is a boolean, and needs a text: put the value in"
            + " quotes",
        "name: B, greeting: yes | spec.greeting is a boolean, and needs a text: put the value in"
            + " quotes",
        "name: B, greeting: off | spec.greeting is a boolean, and needs a text: put the value in"
            + " quotes",
        "name: B, greeting: [Hi] | spec.greeting is a list, and needs a text: put the value in"
            + " quotes",
        "name: B, driftPolicy: Repair | spec.driftPolicy needs one of: Enforce, Ignore, Report",
        "name: B, ignoreFields: name | spec.ignoreFields is a text, and needs a list",
        "name: B, ignoreFields: [null] | spec.ignoreFields[0] is empty, and needs a text: put the"
            + " value in quotes",
        "name: B, personality: kind | spec.personality is a text, and needs a map of fields"
      })
  void namesTheFieldOfAChatbot(String spec, String problem) {
    assertThatExceptionOfType(PluginException.class)
        .isThrownBy(() -> check(object("Chatbot", spec)))
        .withMessage(problem + HELP);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "documents: [{name: hours}] | spec.documents[0].text is required",
        "faq: [{question: Q, answer: A}, {question: Q}] | spec.faq[1].answer is required",
        "documents: [] | spec.documents needs at least 1 items",
        "prune: 'false' | spec.prune is a text, and needs true or false, without quotes",
        "pruneLimitPercent: '10' | spec.pruneLimitPercent is a text, and needs a whole number,"
            + " without quotes",
        "pruneLimitPercent: 101 | spec.pruneLimitPercent has the maximum 100",
        "pruneLimitPercent: -1 | spec.pruneLimitPercent has the minimum 0",
        "configMap: {selector: {matchLabels: {app: 1}}} | spec.configMap.selector.matchLabels.app"
            + " is a number, and needs a text: put the value in quotes"
      })
  void namesTheFieldOfAKnowledgeSource(String spec, String problem) {
    assertThatExceptionOfType(PluginException.class)
        .isThrownBy(() -> check(object("KnowledgeSource", "chatbotRef: {name: a}, " + spec)))
        .withMessage(problem + HELP);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sepc: {} | sepc is not a field of a ConfigMap",
        "data: {a: 1} | data.a is a number, and needs a text: put the value in quotes",
        "data: [a] | data is a list, and needs a map of texts",
        "binaryData: {a: QUJ!D} | binaryData.a needs base64",
        "binaryData: {a: QQ} | binaryData.a needs base64",
        "metadata: {name: a, annotations: {okchat.ai/paused: true}} |"
            + " metadata.annotations.okchat.ai/paused is a boolean, and needs a text: put the value"
            + " in quotes"
      })
  void namesTheFieldOfAConfigMap(String fields, String problem) {
    // Given
    var metadata = fields.startsWith("metadata") ? "" : "metadata: {name: a}, ";

    // When, Then
    assertThatExceptionOfType(PluginException.class)
        .isThrownBy(
            () -> check("{apiVersion: v1, kind: ConfigMap, %s%s}".formatted(metadata, fields)))
        .withMessage(problem + HELP);
  }

  @Test
  void boundsCharactersAsTheApiServerCountsThem() {
    assertThatCode(() -> check(object("Chatbot", "name: " + "\ud83d\ude00".repeat(256))))
        .doesNotThrowAnyException();
    assertThatExceptionOfType(PluginException.class)
        .isThrownBy(() -> check(object("Chatbot", "name: " + "a".repeat(257))))
        .withMessage("spec.name can have at most 256 characters" + HELP);
  }

  @Test
  void acceptsBase64OnSeveralLines() {
    assertThatCode(
            () ->
                check(
                    "{apiVersion: v1, kind: ConfigMap, metadata: {name: a},"
                        + " binaryData: {a: \"QU\\r\\nI=\\n\"}}"))
        .doesNotThrowAnyException();
  }

  @Test
  void acceptsTheExamples() throws IOException {
    // Given
    try (var files = Files.list(Path.of("../../examples"))) {
      var examples =
          files.map(Path::toString).filter(name -> name.endsWith(".yaml")).sorted().toList();

      // When
      var objects = ManifestReader.read(examples, InputStream.nullInputStream());

      // Then
      assertThat(objects).hasSizeGreaterThan(2);
      var schema = new ManifestSchema();
      assertThatCode(() -> objects.forEach(manifest -> schema.check(manifest.object())))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void acceptsTheBooleansOfKubectl() {
    assertThatCode(() -> check(object("Chatbot", "name: B, prompt: P, suspend: yes, public: off")))
        .doesNotThrowAnyException();
  }

  @Test
  void acceptsFieldsWithoutAValue() {
    assertThatCode(() -> check(object("Chatbot", "name: B, prompt: P, greeting: , suspend: null")))
        .doesNotThrowAnyException();
  }
}
