package ai.okchat.sandbox;

import static ai.okchat.sandbox.KnowledgeEndpointsTest.query;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryKnowledgeTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private String id = "";

  @BeforeEach
  void knowledge() throws IOException {
    id = SANDBOX.api().createBot("well-read");
    upload(
        "opening-hours.3f2a1b.0c9d8e7f.md",
        "# Opening hours\n\nWe are open Monday to Friday from 9 to 18, Saturday from 10 to 14.");
    upload("returns.md", "Goods can be returned within 30 days. Refunds take five days.");
    upload("faq.json", "[{\"question\": \"Do you ship abroad?\", \"answer\": \"To Europe.\"}]");
    upload("korean.md", "환불은 30일 이내에 가능합니다.");
  }

  @Test
  void responseHasTheDocumentedFormat() throws IOException {
    // When
    var answer = query(SANDBOX.api(), id, "Do you ship abroad?");

    // Then
    var result = answer.at("/results/0");
    assertThat(ChatbotEndpointsTest.keys(answer))
        .containsExactly("results", "similarity_threshold_setting", "status", "total_docs");
    assertThat(ChatbotEndpointsTest.keys(result)).containsExactly("content", "similarity");
    assertThat(answer.at("/similarity_threshold_setting").asDouble()).isEqualTo(0.45);
    assertThat(answer.at("/status").asText()).isEqualTo("OK");
    assertThat(answer.at("/total_docs").asInt()).isEqualTo(1);
    assertThat(result.get("content").asText())
        .isEqualTo(
            "Title: faq.json\nChunk: 1\n\nQuestion: Do you ship abroad?\n\nAnswer: To Europe.");
    assertThat(result.get("similarity").asDouble()).isBetween(0.9, 1.0);
  }

  @ParameterizedTest
  @CsvSource({
    "When are you open on Saturday?, Title: opening-hours",
    "What are your opening hours?, Title: opening-hours",
    "How can I return goods?, Title: returns.md",
    "How long do refunds take?, Title: returns.md",
    "shipping abroad, Title: faq.json",
    "환불 가능 기간, Title: korean.md"
  })
  void findsDocumentThatSharesKeywords(String question, String content) throws IOException {
    // When
    var answer = query(SANDBOX.api(), id, question);

    // Then
    assertThat(answer.at("/results/0/content").asText()).startsWith(content);
    assertThat(answer.at("/results").findValues("similarity"))
        .allSatisfy(similarity -> assertThat(similarity.asDouble()).isBetween(0.45, 1.0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Who won the football championship?",
        "mortgage interest rates in Norway",
        "what is this about?",
        "???"
      })
  void findsNothingForAnUnrelatedQuestion(String question) throws IOException {
    // When
    var answer = query(SANDBOX.api(), id, question);

    // Then
    assertThat(answer)
        .isEqualTo(
            Api.json(
                "{\"results\": [], \"similarity_threshold_setting\": 0.45, \"status\": \"OK\","
                    + " \"total_docs\": 0}"));
  }

  @Test
  void doesNotFindDocumentsOfAnotherBot() throws IOException {
    // Given
    var other = SANDBOX.api().createBot("unread");

    // When
    var answer = query(SANDBOX.api(), other, "opening hours");

    // Then
    assertThat(answer.at("/total_docs").asInt()).isZero();
  }

  private void upload(String name, String text) throws IOException {
    assertThat(SANDBOX.api().upload(id, name, text).status()).isEqualTo(200);
  }
}
