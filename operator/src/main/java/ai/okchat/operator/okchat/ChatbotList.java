package ai.okchat.operator.okchat;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code {"chatbots": [...]}} (SPEC 2.2) one bot at a time, each within its own limits. All
 * or nothing: a list that is cut, paged, or has an element without an id must not look like one
 * with fewer bots.
 */
final class ChatbotList {
  private ChatbotList() {}

  /**
   * @param kept given each bot as soon as it is read, says which object to keep of it
   */
  static List<Bot> read(Answer answer, UnaryOperator<Bot> kept) throws IOException {
    try (var json = answer.list(answer.limits().bot())) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw UnusableAnswerException.shape("is not a JSON object");
      }
      var bots = bots(json, answer.limits().bot(), kept);
      if (json.nextToken() != null) {
        throw UnusableAnswerException.shape("goes on after its end");
      }
      return bots;
    }
  }

  private static List<Bot> bots(CountedTokens json, long limit, UnaryOperator<Bot> kept)
      throws IOException {
    @Nullable List<Bot> bots = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      var field = json.currentName();
      json.nextToken();
      json.restart();
      if (field.equals("chatbots") && bots == null) {
        bots = array(json, limit, kept);
      } else if (Paging.PLACES.contains(field)) {
        refusePages(json.element());
      } else {
        json.skipChildren();
      }
    }
    if (bots == null) {
      throw UnusableAnswerException.shape("has no \"chatbots\" array");
    }
    return List.copyOf(bots);
  }

  private static List<Bot> array(CountedTokens json, long limit, UnaryOperator<Bot> kept)
      throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw UnusableAnswerException.shape("has no \"chatbots\" array");
    }
    var bots = new ArrayList<Bot>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() != JsonToken.START_OBJECT) {
        throw UnusableAnswerException.shape("has a \"chatbots\" array of other than objects");
      }
      if (bots.size() == AnswerLimits.MOST_BOTS) {
        throw UnusableAnswerException.aboveLimit(
            "has more than " + AnswerLimits.MOST_BOTS + " chatbots");
      }
      var fields = (ObjectNode) json.element();
      json.requireShort("chatbot", limit);
      bots.add(kept.apply(Bot.listed(fields)));
    }
    return bots;
  }

  /** No paging is documented: if there is any, what came is only a part. */
  private static void refusePages(JsonNode metadata) throws UnusableAnswerException {
    if (Paging.of(metadata).hasMoreThanOnePage()) {
      throw UnusableAnswerException.shape("is one page of several");
    }
  }
}
