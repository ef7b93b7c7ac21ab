package ai.okchat.sandbox.knowledge;

import ai.okchat.sandbox.http.ApiError;
import ai.okchat.sandbox.http.FilePart;
import ai.okchat.sandbox.json.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Reads a JSON file of the knowledge base: an array of objects with question and answer. */
final class QuestionsAndAnswers {
  record Pair(String question, String answer) {}

  private QuestionsAndAnswers() {}

  static void check(String part, FilePart file) {
    try {
      if (!(Json.parse(file.content()) instanceof ArrayNode entries) || entries.isEmpty()) {
        throw error(part, file, "must be an array of questions and answers");
      }
      for (var at = 0; at < entries.size(); at++) {
        if (!isPair(entries.get(at))) {
          throw error(part, file, "[" + at + "]: must have exactly: question, answer; both text");
        }
      }
    } catch (JsonProcessingException e) {
      throw error(part, file, "is not JSON");
    }
  }

  /** Reads a file that {@link #check} accepted. */
  static List<Pair> read(byte[] content) {
    try {
      var pairs = new ArrayList<Pair>();
      Json.parse(content)
          .forEach(
              entry ->
                  pairs.add(
                      new Pair(entry.get("question").asText(), entry.get("answer").asText())));
      return List.copyOf(pairs);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isPair(JsonNode entry) {
    return entry.size() == 2
        && entry.path("question").isTextual()
        && entry.path("answer").isTextual();
  }

  private static ApiError error(String part, FilePart file, String problem) {
    return ApiError.badRequest(part, file.name() + ": " + problem);
  }
}
