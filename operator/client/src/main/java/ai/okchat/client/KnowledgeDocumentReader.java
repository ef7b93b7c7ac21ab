package ai.okchat.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads an object as a document if its field names are those of one. */
final class KnowledgeDocumentReader {
  private static final List<String> ID = List.of("id", "documentId", "document_id");
  private static final List<String> TITLE =
      List.of("title", "name", "fileName", "file_name", "filename");
  private static final List<String> STATE = List.of("status", "state");
  private static final List<String> CREATED = List.of("created_at", "createdAt");

  private KnowledgeDocumentReader() {}

  /** Returns the document; empty if the object has no ID or no title. */
  static Optional<KnowledgeDocument> read(JsonNode element) {
    var id = values(element, ID).flatMap(KnowledgeDocumentReader::id).findFirst().orElse(null);
    var title = title(element);
    return id == null || title == null
        ? Optional.empty()
        : Optional.of(new KnowledgeDocument(id, title, createdAt(element), state(element)));
  }

  private static Stream<String> id(JsonNode value) {
    var isText = value.isTextual() && !value.textValue().isBlank();
    return isText || value.isIntegralNumber() ? Stream.of(value.asText()) : Stream.empty();
  }

  /** Returns the title; empty if it is null, which means that the backend does not know it. */
  private static @Nullable String title(JsonNode element) {
    return Stream.concat(
            values(element, TITLE).filter(JsonNode::isTextual),
            values(element, TITLE).filter(JsonNode::isNull))
        .map(value -> value.asText(""))
        .findFirst()
        .orElse(null);
  }

  private static @Nullable Instant createdAt(JsonNode element) {
    return CREATED.stream()
        .map(name -> JsonFields.timeOrNull(element, name))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static @Nullable String state(JsonNode element) {
    return values(element, STATE)
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue)
        .findFirst()
        .orElse(null);
  }

  private static Stream<JsonNode> values(JsonNode element, List<String> names) {
    return names.stream().map(element::path);
  }
}
