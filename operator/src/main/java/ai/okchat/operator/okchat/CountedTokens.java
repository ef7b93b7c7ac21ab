package ai.okchat.operator.okchat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads a list element by element, each within its own limits of bytes and tokens: the list as a
 * whole may be as long as it likes.
 */
final class CountedTokens extends JsonParserDelegate {
  /** How far a parser reads ahead, at most. */
  private static final int AHEAD = 16 * 1024;

  private final BoundedInputStream stream;
  private long tokens;
  private long lengthOfElement;

  private CountedTokens(JsonParser json, BoundedInputStream stream) {
    super(json);
    this.stream = stream;
  }

  /**
   * @param limit bytes between two elements, and of each element
   */
  static CountedTokens of(InputStream body, long limit) throws IOException {
    var stream =
        new BoundedInputStream(body, limit + AHEAD, "has a part of more than " + limit + " bytes");
    return new CountedTokens(Json.LISTS.createParser(stream), stream);
  }

  @Override
  public JsonToken nextToken() throws IOException {
    tokens++;
    if (tokens > Json.MOST_TOKENS) {
      throw UnusableAnswerException.aboveLimit(
          "has a part of more than " + Json.MOST_TOKENS + " tokens");
    }
    return super.nextToken();
  }

  /** The next part has limits of its own. */
  void restart() {
    tokens = 0;
    stream.restart();
  }

  /** The value that begins with the current token. */
  JsonNode element() throws IOException {
    var from = currentTokenLocation().getByteOffset();
    var element = Json.ELEMENTS.<JsonNode>readTree(this);
    lengthOfElement = currentLocation().getByteOffset() - from;
    restart();
    return element;
  }

  /**
   * Refuses the last element if it was longer.
   *
   * @param what it is, in messages
   */
  void requireShort(String what, long limit) throws UnusableAnswerException {
    if (lengthOfElement > limit) {
      throw UnusableAnswerException.aboveLimit(
          "has a %s of more than %d bytes".formatted(what, limit));
    }
  }

  /** Passes over the value that begins with the current token. */
  void skip() throws IOException {
    skipChildren();
    restart();
  }
}
