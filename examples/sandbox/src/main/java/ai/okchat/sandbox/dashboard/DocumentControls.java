package ai.okchat.sandbox.dashboard;

import static ai.okchat.sandbox.http.Shapes.TEXT;
import static io.javalin.http.HandlerType.DELETE;
import static io.javalin.http.HandlerType.GET;
import static io.javalin.http.HandlerType.POST;

import ai.okchat.sandbox.http.ApiError;
import ai.okchat.sandbox.http.FilePart;
import ai.okchat.sandbox.http.Reply;
import ai.okchat.sandbox.http.Shape;
import ai.okchat.sandbox.http.Shapes;
import ai.okchat.sandbox.json.Json;
import ai.okchat.sandbox.knowledge.DocumentStatus;
import ai.okchat.sandbox.knowledge.KnowledgeBase;
import ai.okchat.sandbox.store.Chatbots;
import ai.okchat.sandbox.store.Document;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Controls for the documents of any bot, as if from the dashboard. */
public final class DocumentControls {
  private static final String ALL = "/sandbox/chatbots/{chatbotId}/documents";
  private static final String ONE = ALL + "/{documentId}";
  private static final Shape NEW = Shapes.group(Map.of("title", TEXT, "content", TEXT));

  private final Chatbots chatbots;
  private final KnowledgeBase knowledge;

  public DocumentControls(Chatbots chatbots, KnowledgeBase knowledge) {
    this.chatbots = chatbots;
    this.knowledge = knowledge;
  }

  public List<ControlRoute> routes() {
    return List.of(
        new ControlRoute(GET, ALL, this::list),
        new ControlRoute(POST, ALL, this::add),
        new ControlRoute(DELETE, ALL, this::deleteAll),
        new ControlRoute(GET, ONE, this::get),
        new ControlRoute(DELETE, ONE, this::delete));
  }

  private Reply list(ControlRequest request) {
    var id = chatbotId(request);
    var response = Json.object();
    var list = response.putArray("documents");
    var statuses = knowledge.statuses(id);
    knowledge.all(id).forEach(document -> list.add(view(document, statuses.apply(document))));
    return Reply.ok(response);
  }

  /** Adds a document. A title without an extension is a Markdown text. */
  private Reply add(ControlRequest request) {
    var body = request.body(NEW);
    var title = body.path("title").asText();
    var content = body.path("content").asText();
    if (title.isBlank() || content.isEmpty()) {
      throw ApiError.badRequest(title.isBlank() ? "title" : "content", "required");
    }
    var fileName = FilePart.extensionOf(title).isEmpty() ? title + ".md" : title;
    var file = new FilePart(fileName, content.getBytes(StandardCharsets.UTF_8));
    return Reply.json(201, view(knowledge.addForeign(chatbotId(request), title, file)));
  }

  private Reply deleteAll(ControlRequest request) {
    var id = chatbotId(request);
    knowledge.all(id).forEach(document -> knowledge.delete(id, document.id()));
    return Reply.empty(204);
  }

  private Reply get(ControlRequest request) {
    var document = knowledge.require(chatbotId(request), request.path("documentId"));
    var content = knowledge.content(document);
    var view = view(document).put("bytes", content.bytes().length);
    var text =
        content.isToBeRead()
            ? knowledge.textRead(document).orElse(null)
            : new String(content.bytes(), StandardCharsets.UTF_8);
    return Reply.ok(view.put("content", text));
  }

  private Reply delete(ControlRequest request) {
    knowledge.delete(chatbotId(request), request.path("documentId"));
    return Reply.empty(204);
  }

  private String chatbotId(ControlRequest request) {
    var id = request.path("chatbotId");
    return chatbots.find(id).orElseThrow(() -> ApiError.notFound("Chatbot")).id();
  }

  private ObjectNode view(Document document) {
    return view(document, knowledge.statuses(document.chatbotId()).apply(document));
  }

  private static ObjectNode view(Document document, DocumentStatus status) {
    var view =
        Json.object()
            .put("id", document.id())
            .put("title", document.title())
            .put("created_at", document.createdAt())
            .put("status", status.word());
    if (status.message() != null) {
      view.put("message", status.message());
    }
    return view;
  }
}
