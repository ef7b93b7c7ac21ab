package ai.okchat.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.ChatbotSpec;
import ai.okchat.api.v1alpha1.FaqPair;
import ai.okchat.api.v1alpha1.InlineDocument;
import ai.okchat.api.v1alpha1.KnowledgeSourceSpec;
import ai.okchat.api.v1alpha1.WebSource;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class SpecTextsTest {

  private final ObjectMapper mapper = SpecTexts.omittedBy(new ObjectMapper());

  @Test
  void keepsPromptUpToTheBound() throws JsonProcessingException {
    // Given
    var prompt = "p".repeat(SpecTexts.KEPT);

    // When
    var spec = read("{\"name\": \"Support\", \"prompt\": \"" + prompt + "\"}", ChatbotSpec.class);

    // Then
    assertThat(spec.prompt()).isEqualTo(prompt);
  }

  @Test
  void omitsPromptAboveTheBoundAndNothingElse() throws JsonProcessingException {
    // Given
    var prompt = "p".repeat(SpecTexts.KEPT + 1);

    // When
    var spec =
        read(
            "{\"name\": \"Support\", \"greeting\": \"Hi\", \"prompt\": \"" + prompt + "\"}",
            ChatbotSpec.class);

    // Then
    assertThat(spec.prompt()).isEmpty();
    assertThat(spec.name()).isEqualTo("Support");
    assertThat(spec.greeting()).isEqualTo("Hi");
  }

  @Test
  void countsTheDocumentsOfAnObjectTogether() throws JsonProcessingException {
    // Given
    var half = "t".repeat(SpecTexts.KEPT / 2);
    var documents =
        "{\"name\": \"one\", \"text\": \"%s\"}, {\"name\": \"two\", \"text\": \"%s\"}"
            .formatted(half, half);

    // When
    var kept =
        read("{\"prune\": true, \"documents\": [" + documents + "]}", KnowledgeSourceSpec.class);
    var omitted =
        read(
            "{\"prune\": true, \"documents\": ["
                + documents
                + ", {\"name\": \"three\", \"text\": \"t\"}]}",
            KnowledgeSourceSpec.class);

    // Then
    assertThat(kept.documents())
        .containsExactly(new InlineDocument("one", half), new InlineDocument("two", half));
    assertThat(omitted.documents()).containsExactly(new InlineDocument("", ""));
    assertThat(omitted.prune()).isTrue();
  }

  @Test
  void omitsLongQuestionsAndAnswers() throws JsonProcessingException {
    // Given
    var answer = "a".repeat(SpecTexts.KEPT);

    // When
    var spec =
        read(
            "{\"faq\": [{\"question\": \"?\", \"answer\": \"" + answer + "\"}]}",
            KnowledgeSourceSpec.class);

    // Then
    assertThat(spec.faq()).containsExactly(new FaqPair("", ""));
  }

  @Test
  @DisplayName("T65: many long links of a web source are not kept in memory")
  void omitsLongLinks() throws JsonProcessingException {
    // Given
    var link = "https://example.com/" + "x".repeat(SpecTexts.KEPT / 2);
    var web = "{\"web\": {\"sitemap\": \"https://example.com/s\", \"urls\": [%s]}}";

    // When
    var kept = read(web.formatted("\"" + link + "\""), KnowledgeSourceSpec.class).web();
    var omitted =
        read(web.formatted("\"%1$s\", \"%1$s\"".formatted(link)), KnowledgeSourceSpec.class).web();

    // Then
    assertThat(kept).extracting(WebSource::urls).isEqualTo(List.of(link));
    assertThat(omitted)
        .isEqualTo(
            new WebSource(List.of(""), "https://example.com/s", List.of(), List.of(), null, 0));
  }

  @Test
  void readsSpecWithoutTexts() throws JsonProcessingException {
    // When
    var chatbot = read("{\"name\": \"Support\"}", ChatbotSpec.class);
    var source = read("{\"prune\": true}", KnowledgeSourceSpec.class);

    // Then
    assertThat(chatbot.prompt()).isNull();
    assertThat(source.documents()).isEmpty();
    assertThat(source.faq()).isEmpty();
  }

  private <T> T read(String json, Class<T> type) throws JsonProcessingException {
    return mapper.readValue(json, type);
  }
}
