package ai.okchat.sandbox.knowledge;

import ai.okchat.sandbox.chatbot.ChatbotForms;
import ai.okchat.sandbox.http.Paging;
import ai.okchat.sandbox.http.Reply;
import ai.okchat.sandbox.json.Json;
import ai.okchat.sandbox.store.Chatbot;
import ai.okchat.sandbox.store.Document;
import ai.okchat.sandbox.switches.KnowledgeListShape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Function;

/** Builds the knowledge base list in each of its possible shapes. Pure. */
final class KnowledgeList {
  private static final String WEB_PAGE =
      "<!DOCTYPE html><html><body><h1>Knowledge base</h1></body></html>";

  private final Chatbot bot;
  private final List<Document> documents;
  private final Paging paging;
  private final Function<Document, DocumentStatus> statuses;

  KnowledgeList(
      Chatbot bot,
      List<Document> documents,
      Paging paging,
      Function<Document, DocumentStatus> statuses) {
    this.bot = bot;
    this.documents = documents;
    this.paging = paging;
    this.statuses = statuses;
  }

  Reply reply(KnowledgeListShape shape) {
    return shape == KnowledgeListShape.HTML
        ? Reply.text(200, "text/html; charset=utf-8", WEB_PAGE)
        : Reply.ok(json(shape));
  }

  private JsonNode json(KnowledgeListShape shape) {
    return switch (shape) {
      case DOCUMENTS, HTML -> under("documents", all("id", "title"));
      case BARE_ARRAY -> all("id", "title");
      case DATA_PAGED -> paging.answer(array(page(), "id", "title"), documents.size());
      case NESTED -> under("knowledge_base", under("documents", all("id", "title")));
      case FILES_FILENAME -> under("files", all("documentId", "filename"));
      case RESULTS_FILE_NAME -> under("results", all("document_id", "file_name"));
      case ITEMS_FILENAME -> under("items", all("id", "fileName"));
      case LIST_NAME -> under("list", all("id", "name"));
      case WITHOUT_IDS -> under("documents", without("id"));
      case WITHOUT_TITLES -> under("documents", without("title"));
      case PLACEHOLDER -> under("chatbot", ChatbotForms.oldForm(bot));
      case PLACEHOLDER_WITH_DOCUMENTS ->
          under("chatbot", ChatbotForms.oldForm(bot).set("documents", all("id", "title")));
    };
  }

  private List<Document> page() {
    return documents.stream().skip(paging.offset()).limit(paging.limit()).toList();
  }

  private ArrayNode all(String idKey, String titleKey) {
    return array(documents, idKey, titleKey);
  }

  private ArrayNode without(String key) {
    var array = all("id", "title");
    array.forEach(document -> ((ObjectNode) document).remove(key));
    return array;
  }

  private ArrayNode array(List<Document> some, String idKey, String titleKey) {
    var array = Json.array();
    for (var document : some) {
      var status = statuses.apply(document);
      var entry =
          array
              .addObject()
              .put(idKey, document.id())
              .put(titleKey, document.title())
              .put("created_at", document.createdAt())
              .put("status", status.word());
      if (status.message() != null) {
        entry.put("message", status.message());
      }
    }
    return array;
  }

  private static ObjectNode under(String key, JsonNode value) {
    return Json.object().set(key, value);
  }
}
