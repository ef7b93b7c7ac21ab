package ai.okchat.sandbox.http;

import ai.okchat.sandbox.json.Json;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A page of a list: the first is 1. */
public record Paging(int page, int limit) {

  public long offset() {
    return (page - 1L) * limit;
  }

  /** Returns {@code {"data": [...], "metadata": {...}}}, like the conversation lists. */
  public ObjectNode answer(ArrayNode data, int totalCount) {
    var response = Json.object();
    response.set("data", data);
    response
        .putObject("metadata")
        .put("currentPage", page)
        .put("pageSize", limit)
        .put("totalCount", totalCount)
        .put("totalPages", Math.ceilDiv(totalCount, limit));
    return response;
  }
}
