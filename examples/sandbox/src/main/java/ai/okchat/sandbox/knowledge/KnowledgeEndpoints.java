package ai.okchat.sandbox.knowledge;

import static ai.okchat.sandbox.http.Shapes.TEXT;

import ai.okchat.sandbox.chatbot.OwnedChatbots;
import ai.okchat.sandbox.http.ApiError;
import ai.okchat.sandbox.http.Call;
import ai.okchat.sandbox.http.Deletions;
import ai.okchat.sandbox.http.Endpoint;
import ai.okchat.sandbox.http.EndpointHandler;
import ai.okchat.sandbox.http.Reply;
import ai.okchat.sandbox.http.Shape;
import ai.okchat.sandbox.http.Shapes;
import ai.okchat.sandbox.json.Json;
import ai.okchat.sandbox.switches.LiveSwitches;
import java.util.Map;

/** Handles the endpoints that upload, list, delete, replace and query documents. */
public final class KnowledgeEndpoints {
  private static final Shape QUERY = Shapes.group(Map.of("query", TEXT));

  private final OwnedChatbots owned;
  private final KnowledgeBase knowledge;
  private final LiveSwitches switches;

  public KnowledgeEndpoints(OwnedChatbots owned, KnowledgeBase knowledge, LiveSwitches switches) {
    this.owned = owned;
    this.knowledge = knowledge;
    this.switches = switches;
  }

  public Map<Endpoint, EndpointHandler> handlers() {
    return Map.of(
        Endpoint.UPLOAD_KNOWLEDGE, this::upload,
        Endpoint.LIST_KNOWLEDGE, this::list,
        Endpoint.DELETE_KNOWLEDGE, this::delete,
        Endpoint.UPDATE_KNOWLEDGE, this::replace,
        Endpoint.QUERY_KNOWLEDGE, this::query);
  }

  /** Stores files and returns an empty body, without IDs. Query or form name the bot. */
  private Reply upload(Call call) {
    var inForm = call.form("chatbotId");
    var inQuery = call.query("chatbotId");
    if (inForm.isPresent() && inQuery.isPresent() && !inForm.equals(inQuery)) {
      throw ApiError.badRequest("chatbotId", "the query and the form name different bots");
    }
    var id =
        inQuery
            .or(() -> inForm)
            .orElseThrow(() -> ApiError.badRequest("chatbotId", "required in query or form"));
    var bot = owned.require(call, id);
    knowledge.upload(bot.id(), "files", call.files("files"));
    return Reply.empty(200);
  }

  /** Lists documents. {@code title} filters by a substring, {@code id} by the whole value. */
  private Reply list(Call call) {
    var bot = owned.require(call);
    var title = call.query("title").orElse("");
    var id = call.query("id");
    var documents =
        knowledge.listed(bot.id()).stream()
            .filter(document -> document.title().contains(title))
            .filter(document -> id.isEmpty() || document.id().equals(id.get()))
            .toList();
    var rules = switches.now();
    var paging = call.paging(rules.pagedListSize());
    return new KnowledgeList(bot, documents, paging, knowledge.statuses(bot.id()))
        .reply(rules.knowledgeListShape());
  }

  private Reply delete(Call call) {
    var bot = owned.require(call);
    knowledge.delete(bot.id(), call.requiredQuery("id"));
    return Deletions.answer(switches.now(), "Knowledge base data deleted successfully");
  }

  private Reply replace(Call call) {
    var bot = owned.require(call);
    var documentId =
        call.form("documentId")
            .orElseThrow(() -> ApiError.badRequest("documentId", "required as a part of the form"));
    var document = knowledge.require(bot.id(), documentId);
    knowledge.replace(document, call.query("title"), call.file("file"));
    return Reply.ok(Json.object().put("message", "Knowledge base updated successfully"));
  }

  private Reply query(Call call) {
    var bot = owned.require(call);
    var query = call.body(QUERY).path("query").asText();
    if (query.isBlank()) {
      throw ApiError.badRequest("query", "required");
    }
    var hits = knowledge.search(bot.id(), query);
    var response =
        Json.object()
            .put("similarity_threshold_setting", Hit.THRESHOLD)
            .put("status", "OK")
            .put("total_docs", hits.size());
    var results = response.putArray("results");
    hits.forEach(
        hit ->
            results
                .addObject()
                .put("content", hit.passage().block())
                .put("similarity", hit.similarity()));
    return Reply.ok(response);
  }
}
