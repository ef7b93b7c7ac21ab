package ai.okchat.operator.okchat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import okhttp3.Response;

/** The body of an answer, read at most once and up to a limit. */
record Answer(Response response, AnswerLimits limits) {
  /** Reads an answer that was a success. */
  @FunctionalInterface
  interface Reader<T> {
    T read(Answer answer) throws IOException;
  }

  /**
   * A list, to be parsed as it comes.
   *
   * @param limit of bytes between two elements, and of each
   */
  CountedTokens list(long limit) throws IOException {
    refuseHtml();
    return CountedTokens.of(response.body().byteStream(), limit);
  }

  ObjectNode object() throws IOException {
    if (tree(limits.other()) instanceof ObjectNode object) {
      return object;
    }
    throw UnusableAnswerException.shape("is not a JSON object");
  }

  /** For a success that says nothing we use, and may be empty: anything but a page for people. */
  boolean acknowledged() throws IOException {
    try (var stream = stream(limits.other())) {
      var body = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      if (body.stripLeading().startsWith("<")) {
        throw UnusableAnswerException.notJson("is an HTML page");
      }
      return true;
    }
  }

  InputStream stream(long limit) throws UnusableAnswerException {
    refuseHtml();
    return new BoundedInputStream(response.body().byteStream(), limit);
  }

  private void refuseHtml() throws UnusableAnswerException {
    if (isHtml(response)) {
      throw UnusableAnswerException.notJson("is an HTML page");
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
        throw UnusableAnswerException.notJson("is empty");
      }
      return tree;
    }
  }
}
