package ai.okchat.client;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Finds the documents in a response whose shape is not published (SPEC 2.10): the only array of
 * objects that have an ID and a title, at the top, under any key, or one level deeper. Reads one
 * element at a time, and keeps only documents and paging.
 *
 * <p>An ambiguous response is rejected. If it counted as an empty list, the operator would upload
 * every document again.
 */
final class KnowledgePageReader {
  /** A key that only the published example has: it shows a chatbot instead of a list. */
  private static final String PLACEHOLDER = "chatbot";

  /** Arrays that do not list documents; an empty one does not mean that there are none. */
  private static final Set<String> MESSAGE_ARRAYS =
      Set.of("error", "errors", "warnings", "messages");

  /** Objects at this level are searched for arrays, deeper ones only for paging. */
  private static final int DEEPEST_ARRAY = 1;

  /**
   * An array that may be the list.
   *
   * @param documents its elements, if all of them are documents
   * @param parent the paging of the object around it
   */
  private record Candidate(
      String key, boolean isEmpty, List<KnowledgeDocument> documents, ObjectNode parent) {}

  private final BoundedListParser json;
  private final UnaryOperator<KnowledgeDocument> kept;
  private final List<String> rejections = new ArrayList<>();
  private int candidates;
  private int filled;
  private @Nullable Candidate found;

  private KnowledgePageReader(BoundedListParser json, UnaryOperator<KnowledgeDocument> kept) {
    this.json = json;
    this.kept = kept;
  }

  /**
   * @param kept receives each document as soon as it is read, and returns the object to keep for it
   */
  static KnowledgePage read(ApiResponse response, UnaryOperator<KnowledgeDocument> kept)
      throws IOException {
    try (var json = response.list(response.limits().other())) {
      return read(json, kept);
    }
  }

  static KnowledgePage read(BoundedListParser json, UnaryOperator<KnowledgeDocument> kept)
      throws IOException {
    return new KnowledgePageReader(json, kept).page();
  }

  /** Counts the characters of the stored fields. */
  static long characters(KnowledgeDocument document) {
    var state = document.state();
    return (long) document.id().length()
        + document.title().length()
        + (state == null ? 0 : state.length());
  }

  /** Rejects more documents than a bot can have, and more text of them than the operator stores. */
  static void requireFew(int documents, long characters) throws UnusableResponseException {
    if (documents > ResponseLimits.MOST_DOCUMENTS) {
      throw UnusableResponseException.aboveLimit(
          "has more than %d documents".formatted(ResponseLimits.MOST_DOCUMENTS));
    }
    if (characters > ResponseLimits.DOCUMENT_TEXTS) {
      throw UnusableResponseException.aboveLimit(
          "has ids, titles and states of more than %d characters"
              .formatted(ResponseLimits.DOCUMENT_TEXTS));
    }
  }

  private KnowledgePage page() throws IOException {
    var top = top();
    if (json.nextToken() != null) {
      throw UnusableResponseException.notJson("is not whole JSON");
    }
    if (!rejections.isEmpty()) {
      throw UnusableResponseException.shape(rejections.getFirst());
    }
    var list = list();
    var near = Paging.beside(list.parent());
    return new KnowledgePage(
        List.copyOf(list.documents()), near.equals(Paging.NONE) ? Paging.beside(top) : near);
  }

  private ObjectNode top() throws IOException {
    var first = json.nextToken();
    if (first == null) {
      throw UnusableResponseException.notJson("is empty");
    }
    var nothing = JsonNodeFactory.instance.objectNode();
    if (first == JsonToken.START_OBJECT) {
      return object(0);
    }
    if (first == JsonToken.START_ARRAY) {
      array("", nothing);
    }
    return nothing;
  }

  private Candidate list() throws UnusableResponseException {
    if (filled > 1) {
      throw UnusableResponseException.shape(
          "has several arrays that could be the list of documents");
    }
    if (found == null || (filled == 0 && (candidates > 1 || !isEmptyList(found)))) {
      throw UnusableResponseException.shape("has no array of objects with an id and a title");
    }
    return found;
  }

  private static boolean isEmptyList(Candidate candidate) {
    return candidate.isEmpty() && !MESSAGE_ARRAYS.contains(candidate.key());
  }

  /** Reads the paging of an object, from its own fields and from its paging objects. */
  private ObjectNode object(int level) throws IOException {
    var paging = JsonNodeFactory.instance.objectNode();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      var name = json.currentName();
      var value = json.nextToken();
      json.restart();
      if (level == 0) {
        note(name, value);
      }
      if (value == JsonToken.START_ARRAY && level <= DEEPEST_ARRAY) {
        array(name, paging);
      } else if (value == JsonToken.START_OBJECT && isToBeRead(name, level)) {
        var inner = object(level + 1);
        if (Paging.PLACES.contains(name)) {
          paging.set(name, inner);
        }
      } else if (value.isScalarValue() && Paging.FIELDS.contains(name)) {
        paging.set(name, json.element());
      } else {
        json.skip();
      }
    }
    return paging;
  }

  private static boolean isToBeRead(String name, int level) {
    return level == 0 || (level == DEEPEST_ARRAY && Paging.PLACES.contains(name));
  }

  private void note(String name, JsonToken value) {
    if (name.equals(PLACEHOLDER)) {
      rejections.addFirst("is a chatbot where a list of documents was expected");
    }
    if (name.equals("error") && value != JsonToken.VALUE_NULL && rejections.isEmpty()) {
      rejections.add("reports an error where a list of documents was expected");
    }
  }

  private void array(String key, ObjectNode parent) throws IOException {
    var documents = new ArrayList<KnowledgeDocument>();
    var isEmpty = true;
    var holdsDocuments = true;
    var characters = 0L;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      isEmpty = false;
      var document = holdsDocuments ? document() : null;
      if (document == null) {
        holdsDocuments = false;
        json.skip();
      } else {
        documents.add(document);
        characters += characters(document);
        requireFew(documents.size(), characters);
      }
    }
    note(new Candidate(key, isEmpty, documents, parent), holdsDocuments && !isEmpty);
  }

  /** Reads the current element; null if it is not a document, and the caller skips it. */
  private @Nullable KnowledgeDocument document() throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      return null;
    }
    var document = KnowledgeDocumentReader.read(json.element()).orElse(null);
    if (document == null) {
      return null;
    }
    json.requireShort("document", ResponseLimits.DOCUMENT);
    requireShortId(document);
    return kept.apply(document);
  }

  private static void requireShortId(KnowledgeDocument document) throws UnusableResponseException {
    if (document.id().length() > ResponseLimits.DOCUMENT_ID) {
      throw UnusableResponseException.aboveLimit(
          "has a document with an id of more than %d characters"
              .formatted(ResponseLimits.DOCUMENT_ID));
    }
  }

  private void note(Candidate candidate, boolean isFilled) {
    candidates++;
    if (isFilled) {
      filled++;
    }
    if (isFilled ? filled == 1 : candidates == 1) {
      found = candidate;
    }
  }
}
