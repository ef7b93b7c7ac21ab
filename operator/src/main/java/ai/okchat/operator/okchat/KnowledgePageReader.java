package ai.okchat.operator.okchat;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the documents in an answer whose shape is not published (SPEC 2.10): the one array of
 * objects that have an id and a title, at the top, under any key, or one level deeper. Reads one
 * element at a time, and keeps nothing but documents and what is said about pages.
 *
 * <p>A response that is not certain is rejected. To take such an answer for an empty list would
 * have every document uploaded again.
 */
final class KnowledgePageReader {
  /** Only the published example has it: a chatbot, pasted where a list should be. */
  private static final String PLACEHOLDER = "chatbot";

  /** Arrays that say nothing about documents when they are empty. */
  private static final Set<String> REMARKS = Set.of("error", "errors", "warnings", "messages");

  /** Objects in the answer are searched for arrays, objects in these only for pages. */
  private static final int DEEPEST_ARRAY = 1;

  /**
   * An array that may be the list.
   *
   * @param documents its elements, where all of them are documents
   * @param parent what the object around it says about pages
   */
  private record Candidate(
      String key, boolean isEmpty, List<KnowledgeDocument> documents, ObjectNode parent) {}

  private final CountedTokens json;
  private final List<String> refusals = new ArrayList<>();
  private int candidates;
  private int filled;
  private @Nullable Candidate found;

  private KnowledgePageReader(CountedTokens json) {
    this.json = json;
  }

  static KnowledgePage read(Answer answer) throws IOException {
    try (var json = answer.list(answer.limits().other())) {
      return read(json);
    }
  }

  static KnowledgePage read(CountedTokens json) throws IOException {
    return new KnowledgePageReader(json).page();
  }

  /** Of what is kept of it. */
  static long characters(KnowledgeDocument document) {
    var state = document.state();
    return (long) document.id().length()
        + document.title().length()
        + (state == null ? 0 : state.length());
  }

  /** Refuses more documents than a bot can have, and more text of them than is kept. */
  static void requireFew(int documents, long characters) throws UnusableAnswerException {
    if (documents > AnswerLimits.MOST_DOCUMENTS) {
      throw UnusableAnswerException.aboveLimit(
          "has more than %d documents".formatted(AnswerLimits.MOST_DOCUMENTS));
    }
    if (characters > AnswerLimits.DOCUMENT_TEXTS) {
      throw UnusableAnswerException.aboveLimit(
          "has ids, titles and states of more than %d characters"
              .formatted(AnswerLimits.DOCUMENT_TEXTS));
    }
  }

  private KnowledgePage page() throws IOException {
    var top = top();
    if (json.nextToken() != null) {
      throw UnusableAnswerException.notJson("is not whole JSON");
    }
    if (!refusals.isEmpty()) {
      throw UnusableAnswerException.shape(refusals.getFirst());
    }
    var list = list();
    var near = Paging.beside(list.parent());
    return new KnowledgePage(
        List.copyOf(list.documents()), near.equals(Paging.NONE) ? Paging.beside(top) : near);
  }

  private ObjectNode top() throws IOException {
    var first = json.nextToken();
    if (first == null) {
      throw UnusableAnswerException.notJson("is empty");
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

  private Candidate list() throws UnusableAnswerException {
    if (filled > 1) {
      throw UnusableAnswerException.shape("has several arrays that could be the list of documents");
    }
    if (found == null || (filled == 0 && (candidates > 1 || !isEmptyList(found)))) {
      throw UnusableAnswerException.shape("has no array of objects with an id and a title");
    }
    return found;
  }

  private static boolean isEmptyList(Candidate candidate) {
    return candidate.isEmpty() && !REMARKS.contains(candidate.key());
  }

  /** What the object says about pages, in itself and in objects made for that. */
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
      refusals.addFirst("is a chatbot where a list of documents was expected");
    }
    if (name.equals("error") && value != JsonToken.VALUE_NULL && refusals.isEmpty()) {
      refusals.add("reports an error where a list of documents was expected");
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

  /** Null where the element is none; then it is passed over. */
  private @Nullable KnowledgeDocument document() throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      return null;
    }
    var document = KnowledgeDocumentReader.read(json.element()).orElse(null);
    if (document != null) {
      json.requireShort("document", AnswerLimits.DOCUMENT);
      requireShortId(document);
    }
    return document;
  }

  private static void requireShortId(KnowledgeDocument document) throws UnusableAnswerException {
    if (document.id().length() > AnswerLimits.DOCUMENT_ID) {
      throw UnusableAnswerException.aboveLimit(
          "has a document with an id of more than %d characters"
              .formatted(AnswerLimits.DOCUMENT_ID));
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
