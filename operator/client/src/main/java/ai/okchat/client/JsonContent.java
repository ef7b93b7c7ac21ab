package ai.okchat.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.stream.Stream;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/** A JSON object as the body of a request. */
record JsonContent(ObjectNode object) implements RequestContent {
  private static final MediaType JSON = MediaType.get("application/json");

  /**
   * @throws IllegalStateException if a digest replaces a text: it must not become the text
   */
  @Override
  public RequestBody body() {
    if (isAbridged(object)) {
      throw new IllegalStateException("A digest of a text must not be sent in its place");
    }
    return new OneShotBody(Json.bytes(object));
  }

  @Override
  public Stream<String> texts() {
    return texts(object);
  }

  /** Omits the values, because one may be a prompt. */
  @Override
  public String toString() {
    return "JsonContent[" + object.size() + " fields]";
  }

  private static boolean isAbridged(JsonNode node) {
    return node.isPojo() || node.valueStream().anyMatch(JsonContent::isAbridged);
  }

  private static Stream<String> texts(JsonNode node) {
    return node.isTextual()
        ? Stream.of(node.textValue())
        : node.valueStream().flatMap(JsonContent::texts);
  }

  private static final class OneShotBody extends RequestBody {
    private final byte[] bytes;

    OneShotBody(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public MediaType contentType() {
      return JSON;
    }

    @Override
    public long contentLength() {
      return bytes.length;
    }

    @Override
    public boolean isOneShot() {
      return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      sink.write(bytes);
    }
  }
}
