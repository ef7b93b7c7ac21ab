package ai.okchat.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class KnowledgeEndpointsTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  @Test
  void returnsEmptyResponseToUploadOfSeveralFiles() throws IOException {
    // Given
    var api = SANDBOX.api();
    var id = api.createBot("reader");

    // When
    var answer =
        api.form(
            "POST",
            "/api/embedfiles?chatbotId=" + id,
            Api.Part.text("chatbotId", id),
            Api.Part.file("files", "hours.md", "# Hours"),
            Api.Part.file("files", "prices.csv", "tea,2"));

    // Then
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.header("Content-Type")).isEmpty();
    assertThat(titles(api, id)).containsExactly("hours.md", "prices.csv");
  }

  @Test
  void listShowsIdTitleTimeAndStatus() throws IOException {
    // Given
    var api = SANDBOX.api();
    var id = api.createBot("reader");
    api.upload(id, "hours.md", "# Hours");

    // When
    var answer = api.get(Api.bot(id) + "/knowledge-base");

    // Then
    var document = answer.at("/documents/0");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(ChatbotEndpointsTest.keys(document))
        .containsExactly("created_at", "id", "status", "title");
    assertThat(document.get("title").asText()).isEqualTo("hours.md");
    assertThat(document.get("status").asText()).isEqualTo("completed");
  }

  @Test
  void filtersListByPartOfTitleAndByWholeId() throws IOException {
    // Given
    var api = SANDBOX.api();
    var id = api.createBot("reader");
    api.upload(id, "hours.md", "# Hours");
    api.upload(id, "prices.md", "# Prices");
    var path = Api.bot(id) + "/knowledge-base";
    var pricesId = api.get(path + "?title=price").at("/documents/0/id").asText();

    // When
    var byId = api.get(path + "?id=" + pricesId);

    // Then
    assertThat(byId.at("/documents")).hasSize(1);
    assertThat(byId.at("/documents/0/title").asText()).isEqualTo("prices.md");
  }

  @Test
  void replacesContentAndTitleAndKeepsId() throws IOException {
    // Given
    var api = SANDBOX.api();
    var id = api.createBot("reader");
    api.upload(id, "old.md", "We sell umbrellas.");
    var documentId = documentId(api, id);

    // When
    var answer =
        api.form(
            "PATCH",
            Api.bot(id) + "/knowledge-base?title=new.md",
            Api.Part.text("documentId", documentId),
            Api.Part.file("file", "upload.md", "We sell bicycles."));

    // Then
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json())
        .isEqualTo(Api.json("{\"message\": \"Knowledge base updated successfully\"}"));
    assertThat(titles(api, id)).containsExactly("new.md");
    assertThat(documentId(api, id)).isEqualTo(documentId);
    assertThat(query(api, id, "umbrellas").at("/total_docs").asInt()).isZero();
    assertThat(query(api, id, "bicycles").at("/results/0/content").asText())
        .isEqualTo("Title: new.md\nChunk: 1\n\nContent:\nWe sell bicycles.");
  }

  @Test
  void deletedDocumentIsNeitherListedNorFound() throws IOException {
    // Given
    var api = SANDBOX.api();
    var id = api.createBot("reader");
    api.upload(id, "umbrellas.md", "We sell umbrellas.");
    api.upload(id, "hours.md", "Open at nine.");
    assertThat(query(api, id, "umbrellas").at("/total_docs").asInt()).isEqualTo(1);

    // When
    var answer = api.delete(Api.bot(id) + "/knowledge-base?id=" + documentId(api, id));

    // Then
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json())
        .isEqualTo(Api.json("{\"message\": \"Knowledge base data deleted successfully\"}"));
    assertThat(titles(api, id)).containsExactly("hours.md");
    assertThat(query(api, id, "umbrellas").at("/total_docs").asInt()).isZero();
  }

  @Test
  void rejectsDeletionWithoutId() throws IOException {
    // Given
    var api = SANDBOX.api();
    var id = api.createBot("reader");
    api.upload(id, "hours.md", "# Hours");

    // When
    var missing = api.delete(Api.bot(id) + "/knowledge-base");
    var blank = api.delete(Api.bot(id) + "/knowledge-base?id=");

    // Then
    assertThat(List.of(missing.status(), blank.status())).containsExactly(400, 400);
    assertThat(missing.at("/error").asText()).isEqualTo("id: required as a query parameter");
    assertThat(titles(api, id)).containsExactly("hours.md");
  }

  @Test
  void storesNothingOfAnUploadWithAnInvalidFile() throws IOException {
    // Given
    var api = SANDBOX.api();
    var id = api.createBot("reader");

    // When
    var answer =
        api.form(
            "POST",
            "/api/embedfiles?chatbotId=" + id,
            Api.Part.file("files", "good.md", "# Good"),
            Api.Part.file("files", "bad.exe", "MZ"));

    // Then
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.at("/error").asText())
        .isEqualTo("files: bad.exe: the type must be one of: pdf, md, mdx, docx, doc, csv, json");
    assertThat(titles(api, id)).isEmpty();
  }

  static JsonNode query(Api api, String botId, String question) throws IOException {
    var body = "{\"query\": \"%s\"}".formatted(question);
    return api.post(Api.bot(botId) + "/query-knowledge", body).json();
  }

  static List<String> titles(Api api, String botId) throws IOException {
    return api.get(Api.bot(botId) + "/knowledge-base").at("/documents").findValuesAsText("title");
  }

  static String documentId(Api api, String botId) throws IOException {
    return api.get(Api.bot(botId) + "/knowledge-base").at("/documents/0/id").asText();
  }
}
