package ai.okchat.operator.okchat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells whether an object is a document, by the names that its fields may have. */
final class KnowledgeDocumentReader {
  private static final List<String> ID = List.of("id", "documentId", "document_id");
  private static final List<String> TITLE =
      List.of("title", "name", "fileName", "file_name", "filename");
  private static final List<String> STATE = List.of("status", "state");
  private static final List<String> CREATED = List.of("created_at", "createdAt");

  private KnowledgeDocumentReader() {}

  /** Empty for anything without an id and a title. */
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

  /** A title that is there but null is one that the backend does not know: empty. */
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
        .map(name -> Shape.timeOrNull(element, name))
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
