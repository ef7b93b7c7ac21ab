package ai.okchat.sandbox;

import static ai.okchat.sandbox.KnowledgeEndpointsTest.query;
import static ai.okchat.sandbox.KnowledgeEndpointsTest.titles;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnowledgeSwitchesTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  @ParameterizedTest
  @CsvSource({
    "documents, /documents/0/id, /documents/0/title",
    "bare-array, /0/id, /0/title",
    "data-paged, /data/0/id, /data/0/title",
    "nested, /knowledge_base/documents/0/id, /knowledge_base/documents/0/title",
    "files-filename, /files/0/documentId, /files/0/filename",
    "results-file-name, /results/0/document_id, /results/0/file_name",
    "items-filename, /items/0/id, /items/0/fileName",
    "list-name, /list/0/id, /list/0/name",
    "placeholder-with-documents, /chatbot/documents/0/id, /chatbot/documents/0/title"
  })
  void listHasTheConfiguredFormat(String shape, String id, String title) throws IOException {
    // Given
    var api = SANDBOX.api();
    var bot = api.createBot("reader");
    api.upload(bot, "hours.md", "# Hours");
    var expected = api.get(Api.bot(bot) + "/knowledge-base").at("/documents/0/id");

    // When
    set("knowledgeListShape", shape);

    // Then
    var answer = api.get(Api.bot(bot) + "/knowledge-base");
    assertThat(answer.at(id)).isEqualTo(expected);
    assertThat(answer.at(title).asText()).isEqualTo("hours.md");
  }

  @ParameterizedTest
  @CsvSource({"without-ids, created_at|status|title", "without-titles, created_at|id|status"})
  void listOmitsConfiguredFields(String shape, String keys) throws IOException {
    // Given
    var bot = SANDBOX.api().createBot("reader");
    SANDBOX.api().upload(bot, "hours.md", "# Hours");

    // When
    set("knowledgeListShape", shape);

    // Then
    var document = SANDBOX.api().get(Api.bot(bot) + "/knowledge-base").at("/documents/0");
    assertThat(ChatbotEndpointsTest.keys(document)).containsExactly(keys.split("\\|"));
  }

  @Test
  void placeholderIsTheOldFormOfTheBot() throws IOException {
    // Given
    var bot = SANDBOX.api().createBot("reader");

    // When
    set("knowledgeListShape", "placeholder");

    // Then
    var answer = SANDBOX.api().get(Api.bot(bot) + "/knowledge-base").json();
    assertThat(ChatbotEndpointsTest.keys(answer)).containsExactly("chatbot");
    assertThat(answer.get("chatbot")).hasSize(12);
  }

  @Test
  void listIsAWebPageWhenConfigured() throws IOException {
    // Given
    var bot = SANDBOX.api().createBot("reader");

    // When
    set("knowledgeListShape", "html");

    // Then
    var answer = SANDBOX.api().get(Api.bot(bot) + "/knowledge-base");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).contains("text/html;charset=utf-8");
  }

  @Test
  void listHasPagesOfTheConfiguredSize() throws IOException {
    // Given
    var bot = SANDBOX.api().createBot("reader");
    for (var name : new String[] {"a.md", "b.md", "c.md"}) {
      SANDBOX.api().upload(bot, name, "text");
    }

    // When
    SANDBOX
        .api()
        .put("/sandbox/switches", "{\"knowledgeListShape\": \"data-paged\", \"pagedListSize\": 2}");

    // Then
    var second = SANDBOX.api().get(Api.bot(bot) + "/knowledge-base?page=2");
    assertThat(second.at("/data").findValuesAsText("title")).containsExactly("c.md");
    assertThat(second.at("/metadata"))
        .isEqualTo(
            Api.json(
                "{\"currentPage\": 2, \"pageSize\": 2, \"totalCount\": 3, \"totalPages\": 2}"));
  }

  @Test
  void keepsTitleOfReplacedDocumentWhenConfigured() throws IOException {
    // Given
    var api = SANDBOX.api();
    var bot = api.createBot("reader");
    api.upload(bot, "old.md", "We sell umbrellas.");
    set("patchChangesTitle", "false");

    // When
    api.form(
        "PATCH",
        Api.bot(bot) + "/knowledge-base?title=new.md",
        Api.Part.text("documentId", KnowledgeEndpointsTest.documentId(api, bot)),
        Api.Part.file("file", "new.md", "We sell bicycles."));

    // Then
    assertThat(titles(api, bot)).containsExactly("old.md");
    assertThat(query(api, bot, "bicycles").at("/total_docs").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"keep, hours.a1.md", "cut, hours.a1", "add, hours.a1.md.txt"})
  void changesExtensionOfTitleWhenConfigured(String value, String title) throws IOException {
    // Given
    var bot = SANDBOX.api().createBot("reader");
    set("titleExtension", value);

    // When
    SANDBOX.api().upload(bot, "hours.a1.md", "# Hours");

    // Then
    assertThat(titles(SANDBOX.api(), bot)).containsExactly(title);
  }

  @Test
  void findsDocumentOnlyAfterIndexingDelay() throws IOException {
    // Given
    var api = SANDBOX.api();
    var bot = api.createBot("reader");
    set("indexingDelayMillis", "400");

    // When
    api.upload(bot, "umbrellas.md", "We sell umbrellas.");

    // Then
    var listed = api.get(Api.bot(bot) + "/knowledge-base").at("/documents/0/status").asText();
    assertThat(listed).isEqualTo("processing");
    assertThat(query(api, bot, "umbrellas").at("/total_docs").asInt()).isZero();
    await()
        .pollInterval(Duration.ofMillis(50))
        .until(() -> query(api, bot, "umbrellas").at("/total_docs").asInt() == 1);
  }

  @Test
  void listsDocumentOnlyAfterDelay() throws IOException {
    // Given
    var api = SANDBOX.api();
    var bot = api.createBot("reader");
    set("knowledgeLagMillis", "400");

    // When
    api.upload(bot, "hours.md", "# Hours");

    // Then
    assertThat(titles(api, bot)).isEmpty();
    await().pollInterval(Duration.ofMillis(50)).until(() -> titles(api, bot).size() == 1);
  }

  private static void set(String name, String value) throws IOException {
    var body = "{\"%s\": \"%s\"}".formatted(name, value);
    assertThat(SANDBOX.api().put("/sandbox/switches", body).status()).isEqualTo(200);
  }
}
