package ai.okchat.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;

/** The endpoints for the documents of a bot (SPEC 2.1 and 2.10 to 2.13). */
final class KnowledgeEndpoints {
  private static final String BOT = "chatbot";
  private static final String DOCUMENT = "document";

  private final HttpExchange http;

  KnowledgeEndpoints(HttpExchange http) {
    this.http = http;
  }

  void upload(String botId, List<Upload> files) {
    var call =
        http.call("upload knowledge files")
            .path("api/embedfiles")
            .scope(CallScope.DOCUMENT)
            .query("chatbotId", BOT, botId)
            .require(!files.isEmpty(), "there are no files to upload");
    var form = new FormContent().text("chatbotId", botId);
    files.forEach(file -> form.file("files", file));
    http.send(call.post(form), ApiResponse::acknowledged);
  }

  KnowledgeList list(String botId, KnowledgeFilter filter, UnaryOperator<KnowledgeDocument> kept) {
    var pages = new KnowledgePages();
    boolean hasMore;
    do {
      hasMore =
          http.send(
              listCall(botId, filter, pages.next()),
              response -> pages.add(KnowledgePageReader.read(response, kept)));
    } while (hasMore);
    return pages.list();
  }

  private ApiCall listCall(String botId, KnowledgeFilter filter, int page) {
    var title = filter.title();
    var call =
        knowledgeBase("list knowledge", botId)
            .scope(CallScope.LIST)
            .require(title == null || !title.isBlank(), "the title to look for must not be blank")
            .query("title", title);
    if (filter.documentId() != null) {
      call.query("id", DOCUMENT, filter.documentId());
    }
    return call.query("page", page == 1 ? null : Integer.toString(page)).get();
  }

  boolean delete(String botId, String documentId) {
    var call =
        knowledgeBase("delete knowledge", botId)
            .scope(CallScope.DOCUMENT)
            .query("id", DOCUMENT, documentId);
    return http.find(call.delete(), ApiResponse::acknowledged).isPresent();
  }

  void update(String botId, String documentId, String title, Upload file) {
    var call =
        knowledgeBase("update knowledge", botId)
            .scope(CallScope.DOCUMENT)
            .id(DOCUMENT, documentId)
            .require(!title.isBlank(), "the title must not be blank")
            .query("title", title);
    var form = new FormContent().text("documentId", documentId).file("file", file);
    http.send(call.patch(form), ApiResponse::acknowledged);
  }

  QueryResult query(String botId, String query) {
    var call =
        http.call("query knowledge")
            .path("api/external/chatbot")
            .path(BOT, botId)
            .path("query-knowledge")
            .require(!query.isBlank(), "the query must not be blank");
    var body = Json.MAPPER.createObjectNode().put("query", query);
    return http.send(call.post(new JsonContent(body)), response -> result(response.object()));
  }

  private ApiCallBuilder knowledgeBase(String action, String botId) {
    return http.call(action).path("api/external/chatbot").path(BOT, botId).path("knowledge-base");
  }

  private static QueryResult result(ObjectNode response) throws UnusableResponseException {
    var threshold = response.path("similarity_threshold_setting");
    return new QueryResult(
        JsonFields.list(response, "results", KnowledgeEndpoints::passage),
        threshold.isNumber() ? OptionalDouble.of(threshold.doubleValue()) : OptionalDouble.empty());
  }

  private static QueryResult.Passage passage(JsonNode fields) throws UnusableResponseException {
    var similarity = fields.path("similarity");
    if (!similarity.isNumber()) {
      throw UnusableResponseException.shape("has no number in \"similarity\"");
    }
    return new QueryResult.Passage(JsonFields.text(fields, "content"), similarity.doubleValue());
  }
}
