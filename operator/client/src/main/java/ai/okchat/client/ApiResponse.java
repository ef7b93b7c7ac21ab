package ai.okchat.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import okhttp3.Response;

/** A response whose body is read at most once and up to a limit. */
record ApiResponse(Response response, ResponseLimits limits) {
  /** Reads the body of a successful response. */
  @FunctionalInterface
  interface Reader<T> {
    T read(ApiResponse response) throws IOException;
  }

  /**
   * Opens a JSON list that is parsed while it arrives.
   *
   * @param limit bytes between two elements, and of each element
   */
  BoundedListParser list(long limit) throws IOException {
    rejectHtml();
    return BoundedListParser.of(response.body().byteStream(), limit);
  }

  ObjectNode object() throws IOException {
    if (tree(limits.other()) instanceof ObjectNode object) {
      return object;
    }
    throw UnusableResponseException.shape("is not a JSON object");
  }

  /** Accepts any body except an HTML page, also an empty one: the operator uses nothing of it. */
  boolean acknowledged() throws IOException {
    try (var stream = stream(limits.other())) {
      var body = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      if (body.stripLeading().startsWith("<")) {
        throw UnusableResponseException.notJson("is an HTML page");
      }
      return true;
    }
  }

  InputStream stream(long limit) throws UnusableResponseException {
    rejectHtml();
    return new BoundedInputStream(response.body().byteStream(), limit);
  }

  private void rejectHtml() throws UnusableResponseException {
    if (isHtml(response)) {
      throw UnusableResponseException.notJson("is an HTML page");
    }
  }

  static boolean isHtml(Response response) {
    var type = response.body().contentType();
    return type != null && type.subtype().contains("html");
  }

  private JsonNode tree(long limit) throws IOException {
    try (var stream = stream(limit)) {
      var tree = Json.MAPPER.readTree(stream);
      if (tree.isMissingNode()) {
        throw UnusableResponseException.notJson("is empty");
      }
      return tree;
    }
  }
}
