package ai.okchat.sandbox.conversation;

import ai.okchat.sandbox.http.Reply;
import ai.okchat.sandbox.json.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Writes the answer in the AI SDK 4 data stream protocol: lines of a code, a colon and JSON. The
 * first step calls the search, the second one has the answer.
 */
final class DataStream {
  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Type", "text/plain; charset=utf-8",
          "x-vercel-ai-data-stream", "v1",
          "Cache-Control", "no-cache");

  private static final Pattern WORD = Pattern.compile("\\s*\\S+\\s*");

  private DataStream() {}

  static Reply of(Completion completion, String question) {
    var lines = new ArrayList<String>();
    search(lines, completion, question);
    lines.add(line("f", messageId(completion)));
    for (var word : words(completion.answer().text())) {
      lines.add(line("0", TextNode.valueOf(word)));
    }
    lines.add(line("e", finish("stop", completion).put("isContinued", false)));
    lines.add(line("d", finish("stop", completion)));
    return Reply.stream(HEADERS, lines);
  }

  private static void search(List<String> lines, Completion completion, String question) {
    var callId = completion.messageId().replace("msg-", "call_");
    var call = Json.object().put("toolCallId", callId).put("toolName", "searchKnowledgeBase");
    call.putObject("args").put("query", question);
    var result = Json.object().put("toolCallId", callId);
    var found = result.putArray("result");
    completion.answer().hits().forEach(hit -> found.add(hit.passage().block()));
    lines.add(line("f", messageId(completion)));
    lines.add(line("9", call));
    lines.add(line("a", result));
    lines.add(line("e", finish("tool-calls", completion).put("isContinued", false)));
  }

  private static ObjectNode messageId(Completion completion) {
    return Json.object().put("messageId", completion.messageId());
  }

  private static ObjectNode finish(String reason, Completion completion) {
    return Json.object().put("finishReason", reason).set("usage", completion.usage().json());
  }

  private static List<String> words(String text) {
    return WORD.matcher(text).results().map(match -> match.group()).toList();
  }

  private static String line(String code, JsonNode value) {
    return code + ":" + Json.text(value) + "\n";
  }
}
