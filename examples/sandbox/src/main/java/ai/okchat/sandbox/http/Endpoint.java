package ai.okchat.sandbox.http;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The 17 endpoints, with their names in faults and in the journal. */
public enum Endpoint {
  UPLOAD_KNOWLEDGE("POST", "/api/embedfiles"),
  LIST_CHATBOTS("GET", "/api/external/chatbots"),
  CREATE_CHATBOT("POST", "/api/external/chatbots"),
  UPDATE_CHATBOT("PATCH", "/api/external/chatbots"),
  GET_CHATBOT("GET", Paths.CHATBOT),
  DELETE_CHATBOT("DELETE", Paths.CHATBOT),
  UPDATE_AVATAR("PATCH", Paths.CHATBOT + "/update-avatar"),
  UPDATE_VOICE_AGENT("PATCH", Paths.CHATBOT + "/voice-agent"),
  UPDATE_CHAT_WIDGET("PATCH", Paths.CHATBOT + "/chat-widget"),
  LIST_KNOWLEDGE("GET", Paths.KNOWLEDGE),
  DELETE_KNOWLEDGE("DELETE", Paths.KNOWLEDGE),
  UPDATE_KNOWLEDGE("PATCH", Paths.KNOWLEDGE),
  QUERY_KNOWLEDGE("POST", Paths.CHATBOT + "/query-knowledge"),
  CHAT("POST", Paths.CHATBOT + "/chat"),
  GET_CONVERSATION("GET", Paths.CONVERSATIONS + "/{sessionId}"),
  LIST_CONVERSATIONS("GET", Paths.CONVERSATIONS),
  LIST_MESSAGES("GET", Paths.CONVERSATIONS + "/{sessionId}/messages");

  private final String method;
  private final String path;

  Endpoint(String method, String path) {
    this.method = method;
    this.path = path;
  }

  public String method() {
    return method;
  }

  public String path() {
    return path;
  }

  /** Returns for example {@code create-chatbot}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<Endpoint> named(String wireName) {
    return Arrays.stream(values())
        .filter(endpoint -> endpoint.wireName().equals(wireName))
        .findFirst();
  }

  private static final class Paths {
    static final String CHATBOT = "/api/external/chatbot/{chatbotId}";
    static final String KNOWLEDGE = CHATBOT + "/knowledge-base";
    static final String CONVERSATIONS = CHATBOT + "/conversations";
  }
}
