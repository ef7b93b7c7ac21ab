package ai.okchat.client;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code {"chatbots": [...]}} (SPEC 2.2) one bot at a time, each within its own limits. A
 * truncated list, a page, or an element without an ID fails the whole list, because it must not
 * look like a list with fewer bots.
 */
final class ChatbotList {
  private ChatbotList() {}

  /**
   * @param keep receives each bot as soon as it is read, and returns the object to keep for it
   */
  static List<Bot> read(ApiResponse response, UnaryOperator<Bot> keep) throws IOException {
    try (var json = response.list(response.limits().bot())) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw UnusableResponseException.shape("is not a JSON object");
      }
      var bots = bots(json, response.limits().bot(), keep);
      if (json.nextToken() != null) {
        throw UnusableResponseException.shape("continues after its end");
      }
      return bots;
    }
  }

  private static List<Bot> bots(BoundedListParser json, long limit, UnaryOperator<Bot> keep)
      throws IOException {
    @Nullable List<Bot> bots = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      var field = json.currentName();
      json.nextToken();
      json.restart();
      if (field.equals("chatbots") && bots == null) {
        bots = array(json, limit, keep);
      } else if (Paging.PLACES.contains(field)) {
        rejectPages(json.element());
      } else {
        json.skipChildren();
      }
    }
    if (bots == null) {
      throw UnusableResponseException.shape("has no \"chatbots\" array");
    }
    return List.copyOf(bots);
  }

  private static List<Bot> array(BoundedListParser json, long limit, UnaryOperator<Bot> keep)
      throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw UnusableResponseException.shape("has no \"chatbots\" array");
    }
    var bots = new ArrayList<Bot>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() != JsonToken.START_OBJECT) {
        throw UnusableResponseException.shape("has a \"chatbots\" array of other than objects");
      }
      if (bots.size() == ResponseLimits.MOST_BOTS) {
        throw UnusableResponseException.aboveLimit(
            "has more than " + ResponseLimits.MOST_BOTS + " chatbots");
      }
      var fields = (ObjectNode) json.element();
      json.requireShort("chatbot", limit);
      bots.add(keep.apply(Bot.listed(fields)));
    }
    return bots;
  }

  /**
   * Rejects a page of several. The API documents no paging; if there is any, the list is
   * incomplete.
   */
  private static void rejectPages(JsonNode metadata) throws UnusableResponseException {
    if (Paging.of(metadata).hasMoreThanOnePage()) {
      throw UnusableResponseException.shape("is one page of several");
    }
  }
}
