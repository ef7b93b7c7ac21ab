package ai.okchat.sandbox.chatbot;

import ai.okchat.sandbox.http.ApiError;
import ai.okchat.sandbox.http.Call;
import ai.okchat.sandbox.store.Chatbot;
import ai.okchat.sandbox.store.Chatbots;

/** Finds the bots of the caller's organization; bots of other organizations do not exist for it. */
public final class OwnedChatbots {
  private final Chatbots chatbots;

  public OwnedChatbots(Chatbots chatbots) {
    this.chatbots = chatbots;
  }

  /** Returns the bot that the path names. */
  public Chatbot require(Call call) {
    return require(call, call.chatbotId());
  }

  public Chatbot require(Call call, String id) {
    return chatbots
        .find(id)
        .filter(bot -> bot.organizationId().equals(call.organization().id()))
        .orElseThrow(OwnedChatbots::notFound);
  }

  static ApiError notFound() {
    return ApiError.notFound("Chatbot");
  }
}
