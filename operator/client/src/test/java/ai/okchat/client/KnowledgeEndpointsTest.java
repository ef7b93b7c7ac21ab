package ai.okchat.client;

import static ai.okchat.client.RecordedBackend.recorded;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class KnowledgeEndpointsTest {
  private static final String BOT = "5afe16ed-5fd2-4552-a993-903bc9c32bb6";
  private static final String DOCUMENT = "2043a479-0cca-4495-97cc-c4b490138f3d";
  private static final Upload HOURS =
      Upload.of("opening-hours.md", "text/markdown", "We open at nine.".getBytes(UTF_8));

  @AutoClose private final RecordedBackend backend = new RecordedBackend();
  private final OkChatClient client = backend.client();

  @Test
  void uploadsFilesInOneFormAndAcceptsAnEmptyResponse() {
    // Given
    backend.answers(new MockResponse.Builder().code(200).build());
    var faq = Upload.of("자주 묻는 질문.json", "application/json", "[]".getBytes(UTF_8));

    // When
    client.uploadKnowledge(BOT, List.of(HOURS, faq));

    // Then
    assertThat(backend.request())
        .isEqualTo(
            """
            POST /api/embedfiles?chatbotId=5afe16ed-5fd2-4552-a993-903bc9c32bb6
            x-api-key: 0123456789abcdef0123456789abcdef0123456789abcdef
            User-Agent: okchat-operator
            Content-Type: multipart/form-data; boundary=BOUNDARY
            Content-Length: 498
            Host: backend
            Connection: Keep-Alive
            Accept-Encoding: gzip

            --BOUNDARY
            Content-Disposition: form-data; name="chatbotId"

            5afe16ed-5fd2-4552-a993-903bc9c32bb6
            --BOUNDARY
            Content-Disposition: form-data; name="files"; filename="opening-hours.md"
            Content-Type: text/markdown

            We open at nine.
            --BOUNDARY
            Content-Disposition: form-data; name="files"; filename="자주 묻는 질문.json"
            Content-Type: application/json

            []
            --BOUNDARY--
            """);
    assertThat(backend.observed).containsExactly("upload knowledge files: ok");
  }

  @Test
  void listsTheDocumentsOfABot() {
    // Given
    backend.answers(200, recorded("list-knowledge.json"));

    // When
    var list = client.listKnowledge(BOT);

    // Then
    assertThat(list)
        .isEqualTo(
            new KnowledgeList(
                List.of(
                    new KnowledgeDocument(
                        DOCUMENT,
                        "opening-hours.3fa9c1.0a1b2c3d.md",
                        Instant.parse("2025-01-22T04:30:45.790337Z"),
                        "completed"),
                    new KnowledgeDocument(
                        "bd51aac6-7bd2-46c3-acb5-e1e855bb1ef4",
                        "파일",
                        Instant.parse("2025-03-06T02:30:18.452290Z"),
                        "processing"))));
    assertThat(backend.request())
        .isEqualTo(read("GET /api/external/chatbot/" + BOT + "/knowledge-base"));
  }

  @Test
  void narrowsTheListByTitleAndId() {
    // Given
    backend.answers(200, "[]");

    // When
    var list = client.listKnowledge(BOT, new KnowledgeFilter("파일", DOCUMENT));

    // Then
    assertThat(list.documents()).isEmpty();
    assertThat(backend.request())
        .isEqualTo(
            read(
                "GET /api/external/chatbot/"
                    + BOT
                    + "/knowledge-base?title=%ED%8C%8C%EC%9D%BC&id="
                    + DOCUMENT));
  }

  @Test
  void deletesDocumentWithAnySuccessResponse() {
    // Given
    backend.answers(200, recorded("delete-knowledge.json"));

    // When
    var wasThere = client.deleteKnowledge(BOT, DOCUMENT);

    // Then
    assertThat(wasThere).isTrue();
    assertThat(firstLine(backend.request()))
        .isEqualTo("DELETE /api/external/chatbot/" + BOT + "/knowledge-base?id=" + DOCUMENT);
  }

  @Test
  void deletionOfAbsentDocumentSucceeds() {
    // Given
    backend.answers(404, "{\"error\": \"Document not found\"}");

    // When
    var wasThere = client.deleteKnowledge(BOT, DOCUMENT);

    // Then
    assertThat(wasThere).isFalse();
  }

  @Test
  void replacesADocumentWithItsNewTitleInTheQueryAndAsFileName() {
    // Given
    backend.answers(200, recorded("update-knowledge.json"));

    // When
    client.updateKnowledge(BOT, DOCUMENT, "opening-hours.md", HOURS);

    // Then
    assertThat(backend.request())
        .isEqualTo(
            """
            PATCH /api/external/chatbot/5afe16ed-5fd2-4552-a993-903bc9c32bb6/knowledge-base?title=opening-hours.md
            x-api-key: 0123456789abcdef0123456789abcdef0123456789abcdef
            User-Agent: okchat-operator
            Content-Type: multipart/form-data; boundary=BOUNDARY
            Content-Length: 336
            Host: backend
            Connection: Keep-Alive
            Accept-Encoding: gzip

            --BOUNDARY
            Content-Disposition: form-data; name="documentId"

            2043a479-0cca-4495-97cc-c4b490138f3d
            --BOUNDARY
            Content-Disposition: form-data; name="file"; filename="opening-hours.md"
            Content-Type: text/markdown

            We open at nine.
            --BOUNDARY--
            """);
  }

  @Test
  void findsPassagesInTheOrderOfTheBackend() {
    // Given
    backend.answers(200, recorded("query-knowledge.json"));

    // When
    var result = client.queryKnowledge(BOT, "What's okchat ai?");

    // Then
    assertThat(result.similarityThreshold()).isEqualTo(OptionalDouble.of(0.45));
    assertThat(result.passages())
        .hasSize(7)
        .startsWith(
            new QueryResult.Passage(
                "Title: okchat.ai\nChunk: 1\n\nContent:\n<passage 1>", 0.718238916187158),
            new QueryResult.Passage(
                """
                Title: What is okchat
                Chunk: 2

                Question: What's okchat ai?

                Answer: <answer>\
                """,
                0.999831));
    assertThat(result.passages().get(1).title()).contains("What is okchat");
    assertThat(backend.request())
        .isEqualTo(
            """
            POST /api/external/chatbot/5afe16ed-5fd2-4552-a993-903bc9c32bb6/query-knowledge
            x-api-key: 0123456789abcdef0123456789abcdef0123456789abcdef
            User-Agent: okchat-operator
            Content-Type: application/json
            Content-Length: 29
            Host: backend
            Connection: Keep-Alive
            Accept-Encoding: gzip

            {"query":"What's okchat ai?"}\
            """);
  }

  private static String read(String line) {
    return line
        + """

        x-api-key: 0123456789abcdef0123456789abcdef0123456789abcdef
        User-Agent: okchat-operator
        Host: backend
        Connection: Keep-Alive
        Accept-Encoding: gzip

        """;
  }

  private static String firstLine(String request) {
    return request.lines().findFirst().orElse("");
  }
}
