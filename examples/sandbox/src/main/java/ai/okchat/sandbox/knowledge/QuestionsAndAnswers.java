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

/** A JSON file of the knowledge base: an array of objects with question and answer. */
final class QuestionsAndAnswers {
  record Pair(String question, String answer) {}

  private QuestionsAndAnswers() {}

  static void check(String part, FilePart file) {
    try {
      if (!(Json.parse(file.content()) instanceof ArrayNode entries) || entries.isEmpty()) {
        throw refusal(part, file, "must be an array of questions and answers");
      }
      for (var at = 0; at < entries.size(); at++) {
        if (!isPair(entries.get(at))) {
          throw refusal(part, file, "[" + at + "]: must have exactly: question, answer; both text");
        }
      }
    } catch (JsonProcessingException e) {
      throw refusal(part, file, "is not JSON");
    }
  }

  /** Reads what was checked before. */
  static List<Pair> read(byte[] content) {
    try {
      var pairs = new ArrayList<Pair>();
      Json.parse(content)
          .forEach(
              it -> pairs.add(new Pair(it.get("question").asText(), it.get("answer").asText())));
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

  private static ApiError refusal(String part, FilePart file, String problem) {
    return ApiError.badRequest(part, file.name() + ": " + problem);
  }
}
