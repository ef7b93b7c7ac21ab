package ai.okchat.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads a list element by element, each within its own limits of bytes and tokens; the length of
 * the complete list has no limit.
 */
final class BoundedListParser extends JsonParserDelegate {
  /** Maximum number of bytes that a parser reads ahead. */
  private static final int AHEAD = 16 * 1024;

  private final BoundedInputStream stream;
  private long tokens;
  private long lengthOfElement;

  private BoundedListParser(JsonParser json, BoundedInputStream stream) {
    super(json);
    this.stream = stream;
  }

  /**
   * @param limit bytes between two elements, and of each element
   */
  static BoundedListParser of(InputStream body, long limit) throws IOException {
    var stream =
        new BoundedInputStream(body, limit + AHEAD, "has a part of more than " + limit + " bytes");
    return new BoundedListParser(Json.LISTS.createParser(stream), stream);
  }

  @Override
  public JsonToken nextToken() throws IOException {
    tokens++;
    if (tokens > Json.MOST_TOKENS) {
      throw UnusableResponseException.aboveLimit(
          "has a part of more than " + Json.MOST_TOKENS + " tokens");
    }
    return super.nextToken();
  }

  /** Starts the limits of the next part. */
  void restart() {
    tokens = 0;
    stream.restart();
  }

  /** Reads the value that begins with the current token. */
  JsonNode element() throws IOException {
    var from = currentTokenLocation().getByteOffset();
    var element = Json.ELEMENTS.<JsonNode>readTree(this);
    lengthOfElement = currentLocation().getByteOffset() - from;
    restart();
    return element;
  }

  /**
   * Rejects the last element if it is longer than the limit.
   *
   * @param what the kind of element, for the message
   */
  void requireShort(String what, long limit) throws UnusableResponseException {
    if (lengthOfElement > limit) {
      throw UnusableResponseException.aboveLimit(
          "has a %s of more than %d bytes".formatted(what, limit));
    }
  }

  /** Skips the value that begins with the current token. */
  void skip() throws IOException {
    skipChildren();
    restart();
  }
}
