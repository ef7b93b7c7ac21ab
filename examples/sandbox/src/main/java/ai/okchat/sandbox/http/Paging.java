package ai.okchat.sandbox.http;

import ai.okchat.sandbox.json.Json;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A page of a list: the first is 1. */
public record Paging(int page, int limit) {

  public long offset() {
    return (page - 1L) * limit;
  }

  /** {@code {"data": [...], "metadata": {...}}}, as the conversation lists are. */
  public ObjectNode answer(ArrayNode data, int totalCount) {
    var answer = Json.object();
    answer.set("data", data);
    answer
        .putObject("metadata")
        .put("currentPage", page)
        .put("pageSize", limit)
        .put("totalCount", totalCount)
        .put("totalPages", Math.ceilDiv(totalCount, limit));
    return answer;
  }
}
