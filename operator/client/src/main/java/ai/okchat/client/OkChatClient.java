package ai.okchat.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * The 17 endpoints of the OkChat API for one account, one method each (chat has a second one for
 * its streamed form). Thread-safe.
 *
 * <p>Each method makes one attempt, and waits for the request timeout at most. All throw {@link
 * OkChatException} and nothing else; each describes only its own cases. An ID that is blank or has
 * a slash is rejected as {@link FailureKind#INVALID_CALL} before anything is sent.
 */
public final class OkChatClient {
  private final ChatbotEndpoints chatbots;
  private final KnowledgeEndpoints knowledge;
  private final ChatEndpoints chat;
  private final ConversationEndpoints conversations;

  /** Shares connections and TLS settings with {@code http}; responses have the default limits. */
  public OkChatClient(OkHttpClient http, Endpoint endpoint, CallObserver observer) {
    this(http, endpoint, observer, ResponseLimits.DEFAULT);
  }

  public OkChatClient(
      OkHttpClient http, Endpoint endpoint, CallObserver observer, ResponseLimits limits) {
    var exchange = new HttpExchange(http, endpoint, observer, limits);
    chatbots = new ChatbotEndpoints(exchange);
    knowledge = new KnowledgeEndpoints(exchange);
    chat = new ChatEndpoints(exchange);
    conversations = new ConversationEndpoints(exchange);
  }

  /**
   * Lists all bots of the account: {@code GET /api/external/chatbots} (SPEC 2.2). They lack five
   * fields that {@link #getChatbot} returns. A list that is truncated, paged, or has a bot without
   * an ID is {@link FailureKind#UNEXPECTED_RESPONSE}, never a shorter list.
   */
  public List<Bot> listChatbots() {
    return listChatbots(UnaryOperator.identity());
  }

  /**
   * Lists bots as {@link #listChatbots()} does, for callers that have most of them in memory.
   *
   * @param kept receives each bot as soon as it is read, and returns the object to keep for it: the
   *     same one, or one that equals it
   */
  public List<Bot> listChatbots(UnaryOperator<Bot> kept) {
    return chatbots.list(kept);
  }

  /**
   * Creates a bot: {@code POST /api/external/chatbots} (SPEC 2.3).
   *
   * @param body {@code name}, {@code description}, {@code is_public}, {@code slug}, {@code
   *     personality_config}, {@code settings}; the reference documents neither the required ones
   *     nor the response to a slug that is in use
   */
  public Bot createChatbot(ObjectNode body) {
    return chatbots.create(body);
  }

  /**
   * Updates a bot: {@code PATCH /api/external/chatbots?id=} (SPEC 2.4). A bot that does not exist
   * is {@link FailureKind#NOT_FOUND}.
   *
   * @param body as for create, without {@code slug}. Omitted fields keep their values, but {@code
   *     settings} is replaced completely (Q8): send it merged
   */
  public Bot updateChatbot(String id, ObjectNode body) {
    return chatbots.update(id, body);
  }

  /**
   * Gets one bot with all its fields: {@code GET /api/external/chatbot/{id}} (SPEC 2.5). Empty only
   * for a JSON 404.
   */
  public Optional<Bot> getChatbot(String id) {
    return chatbots.get(id);
  }

  /**
   * Deletes a bot: {@code DELETE /api/external/chatbot/{id}} (SPEC 2.6). The effect on its
   * documents and conversations is not documented.
   *
   * @return false if a JSON 404 reported that the bot does not exist
   */
  public boolean deleteChatbot(String id) {
    return chatbots.delete(id);
  }

  /**
   * Sets the avatar of a bot: {@code PATCH /api/external/chatbot/{id}/update-avatar}, part {@code
   * avatar} (SPEC 2.7). The backend stores the image and sets its link in {@code settings.avatar}
   * of the returned bot. Accepted types and sizes are not documented.
   */
  public Bot updateAvatar(String id, Upload picture) {
    return chatbots.updateAvatar(id, picture);
  }

  /**
   * Sets the voice agent of a bot: {@code PATCH /api/external/chatbot/{id}/voice-agent} (SPEC 2.8).
   * The bot returns it as {@code voice_widget_config}.
   *
   * @param config {@code agentId} (the ID of the bot again), {@code voice}, {@code avatar}, {@code
   *     appearance} (radii in pixels), {@code text}, {@code model} (temperature 0 to 1), {@code
   *     vad} (threshold 0 to 1, times in milliseconds); sent unchanged
   * @return the configuration that the backend stored
   */
  public ObjectNode updateVoiceAgent(String id, ObjectNode config) {
    return chatbots.updateVoiceAgent(id, config);
  }

  /**
   * Sets the chat widget of a bot: {@code PATCH /api/external/chatbot/{id}/chat-widget} (SPEC 2.9).
   * No endpoint returns it later (Q9).
   *
   * @param config {@code header}, {@code language} (e.g. {@code auto}), {@code logo}, {@code name},
   *     {@code primaryColor}, {@code secondaryColor}, {@code slogan}
   * @return the configuration that the backend stored
   */
  public ObjectNode updateChatWidget(String id, ObjectNode config) {
    return chatbots.updateChatWidget(id, config);
  }

  /**
   * Uploads files to the documents of a bot: {@code POST /api/embedfiles?chatbotId=}, one part
   * {@code files} each (SPEC 2.1, Q3). The response is empty: only {@link #listKnowledge} shows the
   * IDs of the documents, and when they are indexed. Known types: pdf, md, mdx, docx, doc, csv,
   * json.
   *
   * @param files at least one; that the part may repeat is inferred
   */
  public void uploadKnowledge(String botId, List<Upload> files) {
    knowledge.upload(botId, files);
  }

  /**
   * Lists all documents of a bot: {@link #listKnowledge(String, KnowledgeFilter)} without a filter.
   */
  public KnowledgeList listKnowledge(String botId) {
    return listKnowledge(botId, KnowledgeFilter.NONE);
  }

  /**
   * Lists all documents of a bot, for callers that do not need all of them.
   *
   * @param kept receives each document as soon as it is read, and returns the object to keep for
   *     it, with the same ID
   */
  public KnowledgeList listKnowledge(String botId, UnaryOperator<KnowledgeDocument> kept) {
    return knowledge.list(botId, KnowledgeFilter.NONE, kept);
  }

  /**
   * Lists documents of a bot: {@code GET /api/external/chatbot/{id}/knowledge-base} (SPEC 2.10),
   * with one request per page. The shape of the list is not published. An ambiguous list is {@link
   * FailureKind#UNEXPECTED_RESPONSE} with {@link OkChatException#unknownShape()}, never an empty
   * list.
   */
  public KnowledgeList listKnowledge(String botId, KnowledgeFilter filter) {
    return knowledge.list(botId, filter, UnaryOperator.identity());
  }

  /**
   * Deletes one document: {@code DELETE /api/external/chatbot/{id}/knowledge-base?id=} (SPEC 2.11).
   *
   * @return false if a JSON 404 reported that the document does not exist
   */
  public boolean deleteKnowledge(String botId, String documentId) {
    return knowledge.delete(botId, documentId);
  }

  /**
   * Replaces the content of one document: {@code PATCH
   * /api/external/chatbot/{id}/knowledge-base?title=}, parts {@code documentId} and {@code file}
   * (SPEC 2.12). The reference does not say whether the title comes from the query or the file
   * name, or stays unchanged: read the list afterwards.
   */
  public void updateKnowledge(String botId, String documentId, String title, Upload file) {
    knowledge.update(botId, documentId, title, file);
  }

  /**
   * Searches the documents of a bot: {@code POST /api/external/chatbot/{id}/query-knowledge} (SPEC
   * 2.13).
   */
  public QueryResult queryKnowledge(String botId, String query) {
    return knowledge.query(botId, query);
  }

  /**
   * Asks a bot and waits for the complete answer: {@code POST
   * /api/external/chatbot/{id}/chat?stream=false} (SPEC 2.14). It costs credits, and the backend
   * stores a conversation.
   */
  public ChatResponse chat(String botId, ChatRequest request) {
    return chat.chat(botId, request);
  }

  /**
   * Asks a bot and reads the answer while it is generated: {@code POST
   * /api/external/chatbot/{id}/chat?stream=true} (SPEC 2.14; the lines are those of the AI SDK 4
   * data stream, an inference from a captured header). The request timeout limits each wait for the
   * next bytes, and ten minutes limit the whole stream.
   */
  public ChatStream streamChat(String botId, ChatRequest request) {
    return chat.streamChat(botId, request);
  }

  /**
   * Gets one conversation: {@code GET /api/external/chatbot/{id}/conversations/{sessionId}} (SPEC
   * 2.15). Empty only for a JSON 404.
   *
   * @param sessionId a UUID; not the session token of chat (Q13)
   */
  public Optional<Conversation> getConversation(String botId, String sessionId) {
    return conversations.get(botId, sessionId);
  }

  /**
   * Lists one page of the conversations of a bot, the newest first: {@code GET
   * /api/external/chatbot/{id}/conversations} (SPEC 2.16).
   *
   * @param page from 1
   * @param limit conversations per page; the maximum is not documented
   * @param state e.g. {@code in_progress}; null for all
   */
  public Page<Conversation> listConversations(
      String botId, int page, int limit, @Nullable String state) {
    return conversations.list(botId, page, limit, state);
  }

  /**
   * Lists one page of the messages of a conversation, the oldest first: {@code GET
   * /api/external/chatbot/{id}/conversations/{sessionId}/messages} (SPEC 2.17). A conversation that
   * does not exist is {@link FailureKind#NOT_FOUND}.
   *
   * @param page from 1
   */
  public Page<Message> listMessages(String botId, String sessionId, int page, int limit) {
    return conversations.messages(botId, sessionId, page, limit);
  }
}
