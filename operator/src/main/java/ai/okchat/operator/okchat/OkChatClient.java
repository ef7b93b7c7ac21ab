package ai.okchat.operator.okchat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * All 17 endpoints of the OkChat API for one account, one method each (chat has a second one for
 * its streamed form). Safe for use by many threads.
 *
 * <p>Each method makes one attempt and waits for it, at most for the request timeout. All throw
 * {@link OkChatException} and nothing else; each says only what is particular to it. A blank id, or
 * one with a slash, is refused as {@link FailureKind#INVALID_CALL} before anything is sent.
 */
public final class OkChatClient {
  private final ChatbotEndpoints chatbots;
  private final KnowledgeEndpoints knowledge;
  private final ChatEndpoints chat;
  private final ConversationEndpoints conversations;

  /** Shares connections and TLS settings with {@code http}; answers are bounded as usual. */
  public OkChatClient(OkHttpClient http, Endpoint endpoint, CallObserver observer) {
    this(http, endpoint, observer, AnswerLimits.DEFAULT);
  }

  public OkChatClient(
      OkHttpClient http, Endpoint endpoint, CallObserver observer, AnswerLimits limits) {
    var exchange = new HttpExchange(http, endpoint, observer, limits);
    chatbots = new ChatbotEndpoints(exchange);
    knowledge = new KnowledgeEndpoints(exchange);
    chat = new ChatEndpoints(exchange);
    conversations = new ConversationEndpoints(exchange);
  }

  /**
   * All bots of the account: {@code GET /api/external/chatbots} (SPEC 2.2). They lack five fields
   * that {@link #getChatbot} shows. A list that is cut, paged, or has a bot without an id is {@link
   * FailureKind#UNEXPECTED_ANSWER}, never a shorter list.
   */
  public List<Bot> listChatbots() {
    return listChatbots(UnaryOperator.identity());
  }

  /**
   * As {@link #listChatbots()}, for who has most of them in memory already.
   *
   * @param kept given each bot as soon as it is read, says which object to keep of it, this or one
   *     that equals it
   */
  public List<Bot> listChatbots(UnaryOperator<Bot> kept) {
    return chatbots.list(kept);
  }

  /**
   * Creates a bot: {@code POST /api/external/chatbots} (SPEC 2.3).
   *
   * @param body {@code name}, {@code description}, {@code is_public}, {@code slug}, {@code
   *     personality_config}, {@code settings}; which are required is not documented, nor is the
   *     answer to a slug that is taken
   */
  public Bot createChatbot(ObjectNode body) {
    return chatbots.create(body);
  }

  /**
   * Changes a bot: {@code PATCH /api/external/chatbots?id=} (SPEC 2.4). A bot that does not exist
   * is {@link FailureKind#NOT_FOUND}.
   *
   * @param body as for create, without {@code slug}. Fields left out keep their values, but {@code
   *     settings} is replaced whole (Q8): send it merged
   */
  public Bot updateChatbot(String id, ObjectNode body) {
    return chatbots.update(id, body);
  }

  /**
   * One bot with all its fields: {@code GET /api/external/chatbot/{id}} (SPEC 2.5). Empty only for
   * a JSON 404.
   */
  public Optional<Bot> getChatbot(String id) {
    return chatbots.get(id);
  }

  /**
   * Removes a bot: {@code DELETE /api/external/chatbot/{id}} (SPEC 2.6). What becomes of its
   * documents and conversations is not documented.
   *
   * @return false where a JSON 404 said that there was none
   */
  public boolean deleteChatbot(String id) {
    return chatbots.delete(id);
  }

  /**
   * Sets the picture of a bot: {@code PATCH /api/external/chatbot/{id}/update-avatar}, part {@code
   * avatar} (SPEC 2.7). The backend stores it and puts its link into {@code settings.avatar} of the
   * bot that is returned. Accepted types and sizes are not documented.
   */
  public Bot updateAvatar(String id, Upload picture) {
    return chatbots.updateAvatar(id, picture);
  }

  /**
   * Sets the voice agent of a bot: {@code PATCH /api/external/chatbot/{id}/voice-agent} (SPEC 2.8).
   * Read it back as {@code voice_widget_config} of the bot.
   *
   * @param config {@code agentId} (the bot's id once more), {@code voice}, {@code avatar}, {@code
   *     appearance} (radii in pixels), {@code text}, {@code model} (temperature 0 to 1), {@code
   *     vad} (threshold 0 to 1, times in milliseconds); sent as it is
   * @return the configuration that the backend keeps now
   */
  public ObjectNode updateVoiceAgent(String id, ObjectNode config) {
    return chatbots.updateVoiceAgent(id, config);
  }

  /**
   * Sets the chat widget of a bot: {@code PATCH /api/external/chatbot/{id}/chat-widget} (SPEC 2.9).
   * There is no way to read it back (Q9).
   *
   * @param config {@code header}, {@code language} (e.g. {@code auto}), {@code logo}, {@code name},
   *     {@code primaryColor}, {@code secondaryColor}, {@code slogan}
   * @return the configuration that the backend keeps now
   */
  public ObjectNode updateChatWidget(String id, ObjectNode config) {
    return chatbots.updateChatWidget(id, config);
  }

  /**
   * Adds files to a bot's documents: {@code POST /api/embedfiles?chatbotId=}, one part {@code
   * files} each (SPEC 2.1, Q3). The answer is empty: the ids of the documents, and when they are
   * indexed, are seen in {@link #listKnowledge} only. Known types: pdf, md, mdx, docx, doc, csv,
   * json.
   *
   * @param files at least one; that the part may repeat is inferred
   */
  public void uploadKnowledge(String botId, List<Upload> files) {
    knowledge.upload(botId, files);
  }

  /** All documents of a bot: {@link #listKnowledge(String, KnowledgeFilter)} without a filter. */
  public KnowledgeList listKnowledge(String botId) {
    return knowledge.list(botId, KnowledgeFilter.NONE);
  }

  /**
   * Documents of a bot: {@code GET /api/external/chatbot/{id}/knowledge-base} (SPEC 2.10), with as
   * many calls as it has pages. The shape of the list is not published. One that can not be
   * understood for certain is {@link FailureKind#UNEXPECTED_ANSWER} with {@link
   * OkChatException#unknownShape()}, never an empty list.
   */
  public KnowledgeList listKnowledge(String botId, KnowledgeFilter filter) {
    return knowledge.list(botId, filter);
  }

  /**
   * Removes one document: {@code DELETE /api/external/chatbot/{id}/knowledge-base?id=} (SPEC 2.11).
   *
   * @return false where a JSON 404 said that there was none
   */
  public boolean deleteKnowledge(String botId, String documentId) {
    return knowledge.delete(botId, documentId);
  }

  /**
   * Replaces the content of one document: {@code PATCH
   * /api/external/chatbot/{id}/knowledge-base?title=}, parts {@code documentId} and {@code file}
   * (SPEC 2.12). Whether the title is taken from the query, from the file name, or stays as it was
   * is not documented: look at the list afterwards.
   */
  public void updateKnowledge(String botId, String documentId, String title, Upload file) {
    knowledge.update(botId, documentId, title, file);
  }

  /**
   * Searches a bot's documents: {@code POST /api/external/chatbot/{id}/query-knowledge} (SPEC
   * 2.13).
   */
  public QueryResult queryKnowledge(String botId, String query) {
    return knowledge.query(botId, query);
  }

  /**
   * Asks a bot and waits for the whole answer: {@code POST
   * /api/external/chatbot/{id}/chat?stream=false} (SPEC 2.14). It costs credits, and leaves a
   * conversation behind.
   */
  public ChatAnswer chat(String botId, ChatRequest request) {
    return chat.chat(botId, request);
  }

  /**
   * Asks a bot and reads the answer as it is written: {@code POST
   * /api/external/chatbot/{id}/chat?stream=true} (SPEC 2.14; the lines are those of the AI SDK 4
   * data stream, an inference from a captured header). The request timeout bounds each wait for
   * more, ten minutes the whole.
   */
  public ChatStream streamChat(String botId, ChatRequest request) {
    return chat.streamChat(botId, request);
  }

  /**
   * One conversation: {@code GET /api/external/chatbot/{id}/conversations/{sessionId}} (SPEC 2.15).
   * Empty only for a JSON 404.
   *
   * @param sessionId a UUID; not the session token of chat (Q13)
   */
  public Optional<Conversation> getConversation(String botId, String sessionId) {
    return conversations.get(botId, sessionId);
  }

  /**
   * One page of a bot's conversations, the newest first: {@code GET
   * /api/external/chatbot/{id}/conversations} (SPEC 2.16).
   *
   * @param page from 1
   * @param limit conversations a page; the largest allowed is not documented
   * @param state e.g. {@code in_progress}; null for all
   */
  public Page<Conversation> listConversations(
      String botId, int page, int limit, @Nullable String state) {
    return conversations.list(botId, page, limit, state);
  }

  /**
   * One page of a conversation, the oldest message first: {@code GET
   * /api/external/chatbot/{id}/conversations/{sessionId}/messages} (SPEC 2.17). A conversation that
   * does not exist is {@link FailureKind#NOT_FOUND}.
   *
   * @param page from 1
   */
  public Page<Message> listMessages(String botId, String sessionId, int page, int limit) {
    return conversations.messages(botId, sessionId, page, limit);
  }
}
