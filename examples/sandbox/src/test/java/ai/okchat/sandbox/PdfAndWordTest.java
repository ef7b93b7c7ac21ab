package ai.okchat.sandbox;

import static ai.okchat.sandbox.KnowledgeEndpointsTest.query;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class PdfAndWordTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  @Test
  void findsAndQuotesTextOfPdfAndWord() throws IOException {
    // Given
    var api = SANDBOX.api();
    var id = api.createBot("reader");
    upload(api, id, "pool.pdf", TestFiles.pdf("The pool opens at seven."));
    upload(api, id, "sauna.docx", TestFiles.docx("The sauna opens at eight."));

    // When
    awaitStatuses(api, id, Map.of("pool.pdf", "completed", "sauna.docx", "completed"));

    // Then
    assertThat(quote(api, id, "pool seven"))
        .isEqualTo("According to \"pool.pdf\":\n\n> The pool opens at seven.");
    assertThat(quote(api, id, "sauna eight"))
        .isEqualTo("According to \"sauna.docx\":\n\n> The sauna opens at eight.");
  }

  @Test
  void failsUnreadableDocumentAndContinuesWithOthers() throws IOException {
    // Given
    var api = SANDBOX.api();
    var id = api.createBot("reader");
    upload(api, id, "damaged.pdf", "%PDF-1.7 and then nothing".getBytes(ISO_8859_1));
    upload(api, id, "scan.pdf", TestFiles.pdfWithoutText());
    upload(api, id, "damaged.docx", "PK and then nothing".getBytes(ISO_8859_1));
    upload(api, id, "renamed.doc", TestFiles.pdf("A PDF by another name."));
    upload(api, id, "huge.docx", TestFiles.hugeDocx(2_100_000));
    upload(api, id, "good.pdf", TestFiles.pdf("The pool opens at seven."));

    // When
    awaitNoneIs("processing", api, id);

    // Then
    assertThat(byTitle(list(api, id), "message"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "damaged.pdf", "damaged.pdf: is damaged, or not a file of type pdf",
                "scan.pdf", "scan.pdf: holds no text that can be read; pictures of text are not",
                "damaged.docx", "damaged.docx: is damaged, or not a file of type docx",
                "renamed.doc", "renamed.doc: is damaged, or not a file of type doc",
                "huge.docx", "huge.docx: holds more than 2000000 characters",
                "good.pdf", ""));
    assertThat(byTitle(list(api, id), "status"))
        .containsEntry("damaged.pdf", "failed")
        .containsEntry("good.pdf", "completed");
    assertThat(query(api, id, "pool").at("/total_docs").asInt()).isEqualTo(1);
  }

  @Test
  void readsReplacedPdfAgainAndForgetsDeletedOne() throws IOException {
    // Given
    var api = SANDBOX.api();
    var id = api.createBot("reader");
    upload(api, id, "pool.pdf", TestFiles.pdf("The pool opens at seven."));
    awaitStatuses(api, id, Map.of("pool.pdf", "completed"));
    var documentId = KnowledgeEndpointsTest.documentId(api, id);

    // When
    api.form(
        "PATCH",
        Api.bot(id) + "/knowledge-base",
        Api.Part.text("documentId", documentId),
        part("file", "pool.pdf", TestFiles.pdf("The lagoon closes at ten.")));
    awaitStatuses(api, id, Map.of("pool.pdf", "completed"));
    var replaced = query(api, id, "lagoon").at("/total_docs").asInt();
    var former = query(api, id, "seven").at("/total_docs").asInt();
    api.delete(Api.bot(id) + "/knowledge-base?id=" + documentId);

    // Then
    assertThat(new int[] {replaced, former}).containsExactly(1, 0);
    assertThat(query(api, id, "lagoon").at("/total_docs").asInt()).isZero();
  }

  @Test
  void dashboardShowsExtractedText() throws IOException {
    // Given
    var api = SANDBOX.api();
    var id = api.createBot("reader");
    upload(api, id, "pool.pdf", TestFiles.pdf("The pool opens at seven."));
    awaitStatuses(api, id, Map.of("pool.pdf", "completed"));
    var documentId = KnowledgeEndpointsTest.documentId(api, id);

    // When
    var document = api.get("/sandbox/chatbots/" + id + "/documents/" + documentId);

    // Then
    assertThat(document.at("/content").asText()).isEqualTo("The pool opens at seven.");
  }

  @Test
  void findsTextAfterARestart(@TempDir Path data) throws IOException {
    // Given
    var options = SandboxOptions.defaults().withDataDir(data).withApiKeys("k");
    String id;
    try (var first = Sandbox.start(options)) {
      var api = new Api(first.url(), "k");
      id = api.createBot("lasting");
      upload(api, id, "pool.pdf", TestFiles.pdf("The pool opens at seven."));
    }

    // When
    try (var second = Sandbox.start(options)) {
      var api = new Api(second.url(), "k");
      awaitStatuses(api, id, Map.of("pool.pdf", "completed"));

      // Then
      assertThat(query(api, id, "pool").at("/total_docs").asInt()).isEqualTo(1);
    }
  }

  private static void upload(Api api, String botId, String name, byte[] content)
      throws IOException {
    var answer =
        api.form("POST", "/api/embedfiles?chatbotId=" + botId, part("files", name, content));
    assertThat(answer.status()).isEqualTo(200);
  }

  /** Each byte a character: what HTTP sends is the same bytes again. */
  private static Api.Part part(String name, String fileName, byte[] content) {
    return new Api.Part(name, fileName, new String(content, ISO_8859_1), ISO_8859_1);
  }

  private static void awaitStatuses(Api api, String botId, Map<String, String> expected) {
    patiently(() -> byTitle(list(api, botId), "status").equals(expected));
  }

  private static void awaitNoneIs(String status, Api api, String botId) {
    patiently(() -> !byTitle(list(api, botId), "status").containsValue(status));
  }

  private static void patiently(Callable<Boolean> condition) {
    await().atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofMillis(50)).until(condition);
  }

  private static JsonNode list(Api api, String botId) throws IOException {
    return api.get(Api.bot(botId) + "/knowledge-base").at("/documents");
  }

  private static Map<String, String> byTitle(JsonNode documents, String field) {
    var values = new TreeMap<String, String>();
    documents.forEach(
        document -> values.put(document.path("title").asText(), document.path(field).asText()));
    return values;
  }

  private static String quote(Api api, String botId, String question) throws IOException {
    var body = "{\"messages\": [{\"role\": \"user\", \"content\": \"%s\"}]}".formatted(question);
    return api.post(Api.bot(botId) + "/chat", body).at("/output").asText();
  }
}
