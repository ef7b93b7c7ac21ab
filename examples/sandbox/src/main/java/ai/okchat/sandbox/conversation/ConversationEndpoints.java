package ai.okchat.sandbox.conversation;

import ai.okchat.sandbox.chatbot.OwnedChatbots;
import ai.okchat.sandbox.http.ApiError;
import ai.okchat.sandbox.http.Call;
import ai.okchat.sandbox.http.Endpoint;
import ai.okchat.sandbox.http.EndpointHandler;
import ai.okchat.sandbox.http.Paging;
import ai.okchat.sandbox.http.Reply;
import ai.okchat.sandbox.json.Json;
import ai.okchat.sandbox.knowledge.KnowledgeBase;
import ai.okchat.sandbox.store.Chatbot;
import ai.okchat.sandbox.store.Conversations;
import com.fasterxml.jackson.databind.util.RawValue;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** Handles the endpoints of chats and stored conversations. */
public final class ConversationEndpoints {
  private static final String DEFAULT_MODEL = "gpt-4o-mini";

  private final OwnedChatbots owned;
  private final KnowledgeBase knowledge;
  private final AnswerWriter writer;
  private final Conversations conversations;
  private final Clock clock;

  public ConversationEndpoints(
      OwnedChatbots owned,
      KnowledgeBase knowledge,
      AnswerWriter writer,
      Conversations conversations,
      Clock clock) {
    this.owned = owned;
    this.knowledge = knowledge;
    this.writer = writer;
    this.conversations = conversations;
    this.clock = clock;
  }

  public Map<Endpoint, EndpointHandler> handlers() {
    return Map.of(
        Endpoint.CHAT, this::chat,
        Endpoint.GET_CONVERSATION, this::conversation,
        Endpoint.LIST_CONVERSATIONS, this::conversations,
        Endpoint.LIST_MESSAGES, this::messages);
  }

  /** Answers a chat. Stores both messages before the first byte of the response is sent. */
  private Reply chat(Call call) {
    var bot = owned.require(call);
    var request = ChatRequest.of(call);
    var completion = complete(bot, request);
    store(bot, request, completion);
    return request.stream()
        ? DataStream.of(completion, request.question())
        : Reply.ok(completion.json());
  }

  private Completion complete(Chatbot bot, ChatRequest request) {
    var settings = bot.form().path("settings");
    var answer = writer.write(settings, request, knowledge.search(bot.id(), request.question()));
    var promptLength = settings.path("prompt").asText().length() + request.length();
    return new Completion(
        answer,
        settings.path("model").asText(DEFAULT_MODEL),
        Completion.newMessageId(),
        Completion.Usage.of(promptLength, answer.text().length()),
        clock.instant());
  }

  private void store(Chatbot bot, ChatRequest request, Completion completion) {
    var asked = completion.at();
    var answered = asked.plus(Duration.ofMillis(1));
    var party = new Conversations.Party(bot.id(), request.platform(), request.sessionToken());
    var question = ConversationForms.question(request.question(), asked);
    var answer =
        ConversationForms.answer(
            completion.answer().text(), completion.model(), completion.messageId(), answered);
    conversations.append(
        party,
        () -> ConversationForms.session(party, asked),
        new Conversations.Turn(question, answer),
        session -> ConversationForms.touched(session, question, answer));
  }

  private Reply conversation(Call call) {
    var response = Json.object();
    response.putRawValue("session", new RawValue(requireSession(call)));
    return Reply.ok(response);
  }

  private Reply conversations(Call call) {
    var bot = owned.require(call);
    var paging = call.paging();
    return page(conversations.sessions(bot.id(), call.query("state"), range(paging)), paging);
  }

  private Reply messages(Call call) {
    requireSession(call);
    var paging = call.paging();
    return page(conversations.messages(call.sessionId(), range(paging)), paging);
  }

  private String requireSession(Call call) {
    var bot = owned.require(call);
    return conversations
        .find(bot.id(), call.sessionId())
        .orElseThrow(() -> ApiError.notFound("Conversation"));
  }

  private static Reply page(Conversations.Page page, Paging paging) {
    var data = Json.array();
    page.items().forEach(item -> data.addRawValue(new RawValue(item)));
    return Reply.ok(paging.answer(data, page.total()));
  }

  private static Conversations.Range range(Paging paging) {
    return new Conversations.Range(paging.limit(), paging.offset());
  }
}
